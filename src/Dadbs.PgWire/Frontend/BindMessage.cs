using System.Buffers.Binary;
using Dadbs.PgWire.Framing;

namespace Dadbs.PgWire.Frontend;

/// <summary>
/// 'B': makes a portal from a prepared statement, its parameter values, and the formats wanted for its results.
/// The whole body is checked when it is read; <see cref="Parameters"/> then walks over the values without further failure.
/// </summary>
public readonly ref struct BindMessage
{
    private readonly ReadOnlySpan<byte> _parameterFormats;
    private readonly ReadOnlySpan<byte> _values;

    private BindMessage(
        ReadOnlySpan<byte> portal, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> parameterFormats,
        int parameterCount, ReadOnlySpan<byte> values, FormatCodes resultFormats)
    {
        Portal = portal;
        Statement = statement;
        _parameterFormats = parameterFormats;
        ParameterCount = parameterCount;
        _values = values;
        ResultFormats = resultFormats;
    }

    /// <summary>Empty: the unnamed portal.</summary>
    public ReadOnlySpan<byte> Portal { get; }

    public ReadOnlySpan<byte> Statement { get; }

    public int ParameterCount { get; }

    public FormatCodes ResultFormats { get; }

    /// <summary>Bytes of the values with their lengths.</summary>
    public int ParameterBytes => _values.Length;

    public ParameterEnumerator Parameters => new(this);

    /// <exception cref="MalformedMessageException">Also when the count of format codes is neither 0, 1 nor that of the parameters.</exception>
    public static BindMessage Read(ReadOnlySpan<byte> body)
    {
        var reader = new BodyReader(body);
        ReadOnlySpan<byte> portal = reader.ReadCString();
        ReadOnlySpan<byte> statement = reader.ReadCString();
        int formatCount = reader.ReadCount();
        ReadOnlySpan<byte> formats = reader.ReadBytes(formatCount * sizeof(short));
        FormatCodes.Check(formats);
        int parameterCount = reader.ReadCount();
        if (formatCount > 1 && formatCount != parameterCount)
        {
            throw new MalformedMessageException(
                $"bind message has {formatCount} parameter formats but {parameterCount} parameters");
        }

        ReadOnlySpan<byte> tail = body[^reader.Remaining..];
        for (int i = 0; i < parameterCount; i++)
        {
            int length = reader.ReadInt32();
            if (length != NullLength)
            {
                reader.ReadBytes(length);
            }
        }

        ReadOnlySpan<byte> values = tail[..^reader.Remaining];
        ReadOnlySpan<byte> resultFormats = reader.ReadBytes(reader.ReadCount() * sizeof(short));
        FormatCodes.Check(resultFormats);
        reader.End();
        return new BindMessage(portal, statement, formats, parameterCount, values, FormatCodes.From(resultFormats));
    }

    private const int NullLength = -1;

    private FormatCode ParameterFormat(int index) => _parameterFormats.Length switch
    {
        0 => FormatCode.Text,
        sizeof(short) => (FormatCode)BinaryPrimitives.ReadInt16BigEndian(_parameterFormats),
        _ => (FormatCode)BinaryPrimitives.ReadInt16BigEndian(_parameterFormats[(index * sizeof(short))..]),
    };

    /// <summary>Walks over the parameter values in order.</summary>
    public ref struct ParameterEnumerator
    {
        private readonly BindMessage _message;
        private ReadOnlySpan<byte> _rest;
        private int _index;

        internal ParameterEnumerator(BindMessage message)
        {
            _message = message;
            _rest = message._values;
            _index = -1;
        }

        public FormatCode Format => _message.ParameterFormat(_index);

        public bool IsNull { get; private set; }

        /// <summary>Empty when <see cref="IsNull"/>.</summary>
        public ReadOnlySpan<byte> Value { get; private set; }

        public bool MoveNext()
        {
            if (++_index >= _message.ParameterCount)
            {
                return false;
            }

            int length = BinaryPrimitives.ReadInt32BigEndian(_rest);
            _rest = _rest[sizeof(int)..];
            IsNull = length == NullLength;
            Value = IsNull ? default : _rest[..length];
            _rest = _rest[Value.Length..];
            return true;
        }
    }
}
