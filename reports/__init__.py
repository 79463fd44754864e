"""What a place tells its board: frozen snapshots, the page and PDF made from them, and who may read them."""
