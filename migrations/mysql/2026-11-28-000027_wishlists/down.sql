DROP TABLE IF EXISTS wishlist_items;
DROP TABLE IF EXISTS wishlists;
