-- Finds the operators when one of them loses the role.
CREATE INDEX users_operators_index ON users (id) WHERE role = 'admin';
