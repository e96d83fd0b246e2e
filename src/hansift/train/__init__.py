"""From labelled pages to a model and its measures; needs scikit-learn and pandas."""
