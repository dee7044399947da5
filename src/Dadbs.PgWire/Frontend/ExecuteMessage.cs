using Dadbs.PgWire.Framing;

namespace Dadbs.PgWire.Frontend;

/// <summary>'E': runs a portal to its end, or until so many rows were sent.</summary>
public readonly ref struct ExecuteMessage
{
    private ExecuteMessage(ReadOnlySpan<byte> portal, int rowsMax)
    {
        Portal = portal;
        RowsMax = rowsMax;
    }

    public ReadOnlySpan<byte> Portal { get; }

    /// <summary>Most rows to send now; 0: all of them (PostgreSQL takes negative numbers for 0).</summary>
    public int RowsMax { get; }

    public static ExecuteMessage Read(ReadOnlySpan<byte> body)
    {
        var reader = new BodyReader(body);
        ReadOnlySpan<byte> portal = reader.ReadCString();
        int rowsMax = reader.ReadInt32();
        reader.End();
        return new ExecuteMessage(portal, Math.Max(0, rowsMax));
    }
}
