"""Where: programmes, sites, localities, groups, and who may do what in which of them."""
