using Dadbs.PgWire.Framing;

namespace Dadbs.PgWire.Frontend;

/// <summary>'f' CopyFail (the reason) and 'p' PasswordMessage (the password): one zero-terminated string.</summary>
public readonly ref struct TextMessage
{
    private TextMessage(ReadOnlySpan<byte> text)
    {
        Text = text;
    }

    public ReadOnlySpan<byte> Text { get; }

    public static TextMessage Read(ReadOnlySpan<byte> body)
    {
        var reader = new BodyReader(body);
        var message = new TextMessage(reader.ReadCString());
        reader.End();
        return message;
    }
}
