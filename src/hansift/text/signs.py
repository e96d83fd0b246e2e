"""Characters that repairs look for, as they stand in classes of regular expressions."""

# Tab, the line ends and form feed lay text out; a joiner or a mark of direction counts only beside Han.
INVISIBLE = "\x00-\x08\x0b\x0e-\x1b\x7f\u200b\u2060\ufeff"
JOINERS = "\u200c-\u200f\u202a-\u202e"
PRIVATE = "\ue000-\uf8ff"
LINE_END = "x0dx0a"

LETTERS = "a-zāáǎàēéěèêīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿɡɑ"
HAN = "\u3400-\u9fff\uf900-\ufaff"
SYLLABLE = f"[{LETTERS}]{{1,6}}+[1-5]?+"  # possessive: tried once, so no text is slow
