namespace Dadbs.PgWire;

/// <summary>The limits of the wire, in one place. All sizes are bytes, all include the length word itself, as on the wire.</summary>
public static class WireLimits
{
    /// <summary>Longest startup packet (PostgreSQL: MAX_STARTUP_PACKET_LENGTH).</summary>
    public const int StartupPacketBytesMax = 10_000;

    /// <summary>
    /// Longest message of the kinds that may carry user data (Query, Parse, Bind, CopyData, FunctionCall). A field is limited to
    /// 64 MiB; a message may carry one such field and what surrounds it. A longer claim ends the connection before a byte of it is kept.
    /// </summary>
    public const int LargeMessageBytesMax = (64 << 20) + (1 << 20);

    /// <summary>Longest message of all other kinds (PostgreSQL: PQ_SMALL_MESSAGE_LIMIT).</summary>
    public const int SmallMessageBytesMax = 10_000;

    /// <summary>Most parameters of one statement: their count is an unsigned 16-bit number on the wire.</summary>
    public const int ParametersMax = 65_535;

    /// <summary>Most columns of one row (PostgreSQL: MaxTupleAttributeNumber).</summary>
    public const int ColumnsMax = 1_664;

    /// <summary>Longest name of a prepared statement or portal that is accepted.</summary>
    public const int NameBytesMax = 8_192;
}
