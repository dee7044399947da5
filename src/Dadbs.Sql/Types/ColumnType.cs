namespace Dadbs.Sql.Types;

/// <summary>A type with its modifier: <c>numeric(10,2)</c>, <c>varchar(20)</c>. Modifier -1 = none; otherwise PostgreSQL's atttypmod.</summary>
public readonly record struct ColumnType(SqlType Type, int Modifier = -1)
{
    /// <summary>As format_type() prints it, e.g. <c>character varying(20)</c>, <c>numeric(10,2)[]</c>.</summary>
    public override string ToString() => Type.Format(Modifier);
}
