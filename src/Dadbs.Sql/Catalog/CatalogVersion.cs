namespace Dadbs.Sql.Catalog;

/// <summary>
/// Names the contents of a catalog. Its parts are running hashes over all changes ever made to the shared and to the database's
/// own system relations and to its statistics, so two overlays with different definitions or figures never carry the same version, and equal versions mean equal
/// catalogs: a snapshot or a plan cached under one may be used by any session.
/// </summary>
/// <param name="Shared">Databases, roles, keys.</param>
/// <param name="Database">Schemas, relations, comments.</param>
/// <param name="Statistics">Figures of ANALYZE.</param>
public readonly record struct CatalogVersion(UInt128 Shared, UInt128 Database, UInt128 Statistics);
