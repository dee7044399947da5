using System.Buffers.Binary;
using System.Text;

namespace Dadbs.PgWire.Tests.Client;

/// <summary>Prints a server's message as one line of a golden script. Bytes that are not printable ASCII or UTF-8 text appear as \xHH.</summary>
internal static class BackendText
{
    public static string Print(byte type, ReadOnlySpan<byte> body)
    {
        var rest = new Cursor(body);
        return (char)type switch
        {
            'R' => $"Authentication {rest.Int32()}",
            'K' => "BackendKeyData",
            'S' => $"ParameterStatus {rest.Text()}={rest.Text()}",
            'Z' => $"ReadyForQuery {(char)rest.Byte()}",
            'C' => $"CommandComplete {rest.Text()}",
            'T' => RowDescription(ref rest),
            'D' => DataRow(ref rest),
            't' => $"ParameterDescription {string.Join(' ', Oids(ref rest))}".TrimEnd(),
            'E' => $"ErrorResponse {Fields(ref rest)}",
            'N' => $"NoticeResponse {Fields(ref rest)}",
            'G' => $"CopyInResponse {CopyFormats(ref rest)}",
            'H' => $"CopyOutResponse {CopyFormats(ref rest)}",
            'd' => $"CopyData {Quote(rest.Rest())}",
            'v' => $"NegotiateProtocolVersion {rest.Int32()} {rest.Int32()}",
            '1' => "ParseComplete",
            '2' => "BindComplete",
            '3' => "CloseComplete",
            'c' => "CopyDone",
            'n' => "NoData",
            's' => "PortalSuspended",
            'I' => "EmptyQueryResponse",
            _ => $"Unknown {(char)type} {Quote(body)}",
        };
    }

    private static string RowDescription(ref Cursor rest)
    {
        int count = rest.Int16();
        var line = new StringBuilder("RowDescription");
        for (int i = 0; i < count; i++)
        {
            string name = rest.Text();
            bool fromTable = rest.Int32() != 0;
            int attribute = rest.Int16();
            int type = rest.Int32();
            int length = rest.Int16(), modifier = rest.Int32(), format = rest.Int16();
            line.Append($" {name}:{type}/{length}/{modifier}{(format == 1 ? "b" : "t")}{(fromTable ? $"@{attribute}" : "")}");
        }

        return line.ToString();
    }

    private static string DataRow(ref Cursor rest)
    {
        int count = rest.Int16();
        var line = new StringBuilder("DataRow");
        for (int i = 0; i < count; i++)
        {
            int length = rest.Int32();
            line.Append(' ').Append(length < 0 ? "NULL" : Quote(rest.Bytes(length)));
        }

        return line.ToString();
    }

    private static List<uint> Oids(ref Cursor rest)
    {
        int count = rest.Int16();
        List<uint> oids = [];
        for (int i = 0; i < count; i++)
        {
            oids.Add(unchecked((uint)rest.Int32()));
        }

        return oids;
    }

    /// <summary>All fields but the source location, which is each server's own, and the second copy of the severity.</summary>
    private static string Fields(ref Cursor rest)
    {
        List<string> fields = [];
        while (rest.Byte() is var code && code != 0)
        {
            string value = rest.Text();
            if ("VFLR".IndexOf((char)code, StringComparison.Ordinal) < 0)
            {
                fields.Add($"{(char)code}={value.ReplaceLineEndings("\\n")}");
            }
        }

        return string.Join(" | ", fields);
    }

    private static string CopyFormats(ref Cursor rest)
    {
        int overall = rest.Byte(), count = rest.Int16();
        return $"{overall} {count}";
    }

    private static string Quote(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("\"");
        bool isText = bytes.IndexOfAnyInRange((byte)0, (byte)8) < 0 && bytes.IndexOfAnyInRange((byte)14, (byte)31) < 0
            && System.Text.Unicode.Utf8.IsValid(bytes);
        if (isText)
        {
            text.Append(Encoding.UTF8.GetString(bytes)).Replace("\\", "\\\\", 1, text.Length - 1).Replace("\n", "\\n").Replace("\t", "\\t").Replace("\r", "\\r");
        }
        else
        {
            foreach (byte b in bytes)
            {
                text.Append($"\\x{b:x2}");
            }
        }

        return text.Append('"').ToString();
    }

    private ref struct Cursor(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public byte Byte() => Bytes(1)[0];

        public int Int16() => BinaryPrimitives.ReadUInt16BigEndian(Bytes(2)) is var word && word == 0xFFFF ? -1 : word;

        public int Int32() => BinaryPrimitives.ReadInt32BigEndian(Bytes(4));

        public ReadOnlySpan<byte> Bytes(int count)
        {
            ReadOnlySpan<byte> taken = _rest[..count];
            _rest = _rest[count..];
            return taken;
        }

        public ReadOnlySpan<byte> Rest() => Bytes(_rest.Length);

        public string Text()
        {
            int end = _rest.IndexOf((byte)0);
            string text = Encoding.UTF8.GetString(_rest[..end]);
            _rest = _rest[(end + 1)..];
            return text;
        }
    }
}
