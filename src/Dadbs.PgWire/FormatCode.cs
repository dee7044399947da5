namespace Dadbs.PgWire;

/// <summary>How a value is written on the wire.</summary>
public enum FormatCode : short
{
    Text = 0,
    Binary = 1,
}
