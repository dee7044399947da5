using System.Buffers;
using System.Buffers.Binary;
using Dadbs.PgWire.Framing;

namespace Dadbs.PgWire.Frontend;

/// <summary>
/// The first packet of a connection, which has no type byte: a wish for encryption, a cancel request or the startup proper
/// (PostgreSQL manual 55.2.1). A connection may send SSLRequest and GSSENCRequest before its StartupMessage.
/// </summary>
public abstract record StartupPacket
{
    private const int CancelCode = (1234 << 16) | 5678;
    private const int SslCode = (1234 << 16) | 5679;
    private const int GssEncCode = (1234 << 16) | 5680;
    private const int LengthBytes = 4;

    private StartupPacket()
    {
    }

    /// <summary>Takes the startup packet off the front of <paramref name="buffer"/>. False: not complete, nothing consumed.</summary>
    /// <exception cref="FramingException">
    /// Impossible length (so fails an HTTP request, whose first four bytes read as a length over a gigabyte), bad layout, or a
    /// protocol version that is not served (0A000).
    /// </exception>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, out StartupPacket packet)
    {
        packet = null!;
        if (buffer.Length < LengthBytes)
        {
            return false;
        }

        Span<byte> word = stackalloc byte[LengthBytes];
        buffer.Slice(0, LengthBytes).CopyTo(word);
        int length = BinaryPrimitives.ReadInt32BigEndian(word);
        if (length < LengthBytes + 4 || length > WireLimits.StartupPacketBytesMax)
        {
            throw new FramingException("invalid length of startup packet");
        }

        if (buffer.Length < length)
        {
            return false;
        }

        Span<byte> body = stackalloc byte[length - LengthBytes];
        buffer.Slice(LengthBytes, length - LengthBytes).CopyTo(body);
        buffer = buffer.Slice(length);
        packet = Parse(body);
        return true;
    }

    private static StartupPacket Parse(ReadOnlySpan<byte> body)
    {
        int version = BinaryPrimitives.ReadInt32BigEndian(body);
        ReadOnlySpan<byte> rest = body[4..];
        return version switch
        {
            CancelCode => ParseCancel(rest),
            SslCode => rest.IsEmpty ? new SslRequest() : throw new FramingException("invalid length of startup packet"),
            GssEncCode => rest.IsEmpty ? new GssEncRequest() : throw new FramingException("invalid length of startup packet"),
            _ => StartupMessage.Parse(version, rest),
        };
    }

    private static CancelRequest ParseCancel(ReadOnlySpan<byte> rest)
    {
        if (rest.Length != 8)
        {
            throw new FramingException("invalid length of startup packet");
        }

        return new CancelRequest(BinaryPrimitives.ReadInt32BigEndian(rest), BinaryPrimitives.ReadInt32BigEndian(rest[4..]));
    }

    /// <summary>"May we speak TLS?" Answered with one byte, 'S' or 'N'.</summary>
    public sealed record SslRequest : StartupPacket;

    /// <summary>"May we speak GSSAPI encryption?" Answered with one byte, 'N'.</summary>
    public sealed record GssEncRequest : StartupPacket;

    /// <summary>Asks to cancel what another connection is doing. Never answered; the connection is closed.</summary>
    public sealed record CancelRequest(int ProcessId, int SecretKey) : StartupPacket;

    /// <summary>The startup proper: who, which database, and settings for the session.</summary>
    public sealed record StartupMessage : StartupPacket
    {
        private const int ServedMajor = 3;
        private const int ServedMinor = 0;

        /// <summary>Version this server speaks, as NegotiateProtocolVersion names it.</summary>
        public const int ServedVersion = (ServedMajor << 16) | ServedMinor;

        private StartupMessage(
            string user, string database, string options, IReadOnlyList<KeyValuePair<string, string>> settings,
            bool mustNegotiate, IReadOnlyList<string> unknownProtocolOptions)
        {
            User = user;
            Database = database;
            Options = options;
            Settings = settings;
            MustNegotiate = mustNegotiate;
            UnknownProtocolOptions = unknownProtocolOptions;
        }

        /// <summary>Never empty.</summary>
        public string User { get; }

        /// <summary>The user's name when the client named none.</summary>
        public string Database { get; }

        /// <summary>Command-line style options (<c>-c name=value</c>), empty when none.</summary>
        public string Options { get; }

        /// <summary>Every other parameter: session settings, in the order sent.</summary>
        public IReadOnlyList<KeyValuePair<string, string>> Settings { get; }

        /// <summary>The client asked for a newer minor version or for <c>_pq_.</c> options: it must be told what is served.</summary>
        public bool MustNegotiate { get; }

        public IReadOnlyList<string> UnknownProtocolOptions { get; }

        internal static StartupMessage Parse(int version, ReadOnlySpan<byte> rest)
        {
            int major = version >>> 16, minor = version & 0xFFFF;
            if (major != ServedMajor)
            {
                throw new FramingException(
                    $"unsupported frontend protocol {major}.{minor}: server supports {ServedMajor}.0 to {ServedMajor}.{ServedMinor}", "0A000");
            }

            string user = "", database = "", options = "";
            List<KeyValuePair<string, string>> settings = [];
            List<string> unknown = [];
            try
            {
                var reader = new BodyReader(rest);
                while (true)
                {
                    string name = reader.ReadText();
                    if (name.Length == 0)
                    {
                        break;
                    }

                    string value = reader.ReadText();
                    switch (name)
                    {
                        case "user": user = value; break;
                        case "database": database = value; break;
                        case "options": options = value; break;
                        case "replication": RequireNoReplication(value); break;
                        default:
                            if (name.StartsWith("_pq_.", StringComparison.Ordinal))
                            {
                                unknown.Add(name);
                            }
                            else
                            {
                                settings.Add(new(name, value));
                            }

                            break;
                    }
                }

                reader.End();
            }
            catch (MalformedMessageException)
            {
                throw new FramingException("invalid startup packet layout: expected terminator as last byte");
            }

            if (user.Length == 0)
            {
                throw new FramingException("no PostgreSQL user name specified in startup packet", "28000");
            }

            return new StartupMessage(user, database.Length == 0 ? user : database, options, settings,
                minor > ServedMinor || unknown.Count > 0, unknown);
        }

        private static void RequireNoReplication(string value)
        {
            if (value is not ("false" or "off" or "no" or "0"))
            {
                throw new FramingException("physical and logical replication connections are not supported", "0A000");
            }
        }
    }
}
