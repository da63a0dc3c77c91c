-- Spaces: the data of one community in a schema of the caller.

-- @model@

COMMENT ON FUNCTION model() IS
'The model of a space: the SQL files that create_space runs, in order, with unqualified names';
