namespace Dadbs.Sql.Types;

/// <summary>A row value: its field types and values. Names come from the plan.</summary>
public sealed class RecordValue(SqlType[] types, Datum[] fields) : IRetained
{
    public SqlType[] Types { get; } = types;

    public Datum[] Fields { get; } = fields;

    public Datum ToDatum() => Datum.FromObject(this);

    public long RetainedBytes
    {
        get
        {
            var bytes = 48L + Fields.Length * 16L;
            foreach (var value in Fields)
                bytes += value.RetainedBytes;
            return bytes;
        }
    }
}
