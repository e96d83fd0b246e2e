"""hansift in the engines that its users already run: one small file for each, all through `columns.clean_columns`."""
