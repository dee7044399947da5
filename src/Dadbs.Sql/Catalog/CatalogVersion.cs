namespace Dadbs.Sql.Catalog;

/// <summary>
/// Names the contents of a catalog. The first two parts are running hashes over all changes ever made to the shared and to the database's
/// own system relations, so two overlays with different definitions never carry the same version, and equal versions mean equal
/// catalogs: a snapshot or a plan cached under one may be used by any session.
/// </summary>
/// <param name="Shared">Databases, roles, keys.</param>
/// <param name="Database">Schemas, relations, comments.</param>
/// <param name="Statistics">Raised by every ANALYZE.</param>
public readonly record struct CatalogVersion(UInt128 Shared, UInt128 Database, long Statistics);
