using Dadbs.Sql.Parsing;

namespace Dadbs.Sql.Seams;

/// <summary>A table that a statement uses, and the mode in which PostgreSQL locks it for that (manual, section 13.3.1).</summary>
public readonly record struct RelationLock(uint Oid, string Name, TableLockMode Mode);
