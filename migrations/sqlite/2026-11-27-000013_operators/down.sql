DROP INDEX users_operators_index;
