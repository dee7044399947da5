using Dadbs.PgWire.Framing;

namespace Dadbs.PgWire.Frontend;

/// <summary>'Q': a string of statements, executed with text results and answered as a whole (simple query).</summary>
public readonly ref struct QueryMessage
{
    private QueryMessage(ReadOnlySpan<byte> text)
    {
        Text = text;
    }

    /// <summary>The statements, UTF-8.</summary>
    public ReadOnlySpan<byte> Text { get; }

    public static QueryMessage Read(ReadOnlySpan<byte> body)
    {
        var reader = new BodyReader(body);
        var message = new QueryMessage(reader.ReadCString());
        reader.End();
        return message;
    }
}
