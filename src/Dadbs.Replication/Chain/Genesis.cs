using System.Buffers.Binary;
using System.Text;
using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>One validator of genesis; its place in the list is its index everywhere.</summary>
public sealed record GenesisValidator(PublicKey Key, PeerAddress Address);

/// <summary>
/// Height 0 of a chain: what its nodes agree on before they say anything. The SHA-256 of its canonical bytes is the chain id, which every
/// signature of the chain covers. Bytes: docs/formats.md, "Genesis".
/// </summary>
public sealed class Genesis
{
    public const int ValidatorsMax = 1000;

    /// <summary>Nodes in no validator slot; each costs every validator a link.</summary>
    public const int ObserversMax = 1000;

    private const byte FormatVersion = 1;

    /// <summary>With observers; a genesis without any has the bytes of version 1.</summary>
    private const byte FormatVersionWithObservers = 2;
    private const int HostBytesMax = 255;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _encoded;
    private readonly Dictionary<PublicKey, int> _indexes = [];

    /// <exception cref="FormatException">No chain can start from this; the message says why.</exception>
    public Genesis(
        uint engineLevel,
        ChainParameters parameters,
        IEnumerable<GenesisValidator> validators,
        long timeMicros,
        Hash256 initialStateRoot,
        IEnumerable<PublicKey>? observers = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        EngineLevel = engineLevel;
        Parameters = parameters;
        Validators = [.. validators];
        Observers = [.. observers ?? []];
        TimeMicros = timeMicros;
        InitialStateRoot = initialStateRoot;
        Validate();
        _encoded = EncodeCanonical();
        ChainId = Hash256.Sha256(_encoded);
    }

    public uint EngineLevel { get; }

    public ChainParameters Parameters { get; }

    public IReadOnlyList<GenesisValidator> Validators { get; }

    /// <summary>
    /// Keys of nodes in no validator slot: they follow the chain, serve reads, hand their writes over (Rule L4). Validators accept links from them; they listen nowhere.
    /// </summary>
    public IReadOnlyList<PublicKey> Observers { get; }

    /// <summary>Microseconds since 1970 UTC.</summary>
    public long TimeMicros { get; }

    public Hash256 InitialStateRoot { get; }

    public Hash256 ChainId { get; }

    /// <summary>f of n = 3f+1 and more.</summary>
    public int FaultsTolerated => (Validators.Count - 1) / 3;

    public ReadOnlySpan<byte> Encoded => _encoded;

    /// <summary>Index of a validator by key, or −1.</summary>
    public int IndexOf(in PublicKey key) => PeerIndexOf(key) is var index && index < Validators.Count ? index : -1;

    /// <summary>Index of a validator or, after them all, of an observer; −1: neither.</summary>
    internal int PeerIndexOf(in PublicKey key) => _indexes.GetValueOrDefault(key, -1);

    internal PublicKey PeerKey(int peer) => peer < Validators.Count ? Validators[peer].Key : Observers[peer - Validators.Count];

    /// <exception cref="FormatException">Not the canonical bytes of a genesis.</exception>
    public static Genesis Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        ReadOnlySpan<byte> tag = reader.ReadBytes(4);
        if (!tag[..3].SequenceEqual("DGN"u8) || tag[3] is not (FormatVersion or FormatVersionWithObservers))
            throw new FormatException("genesis: unknown format or version");
        bool hasObservers = tag[3] == FormatVersionWithObservers;
        uint engineLevel = reader.ReadUInt32();
        Span<long> parameters = stackalloc long[ChainParameters.Count];
        if (reader.ReadUInt16() != ChainParameters.Count)
            throw new FormatException("genesis: unknown number of chain parameters");
        foreach (ref long parameter in parameters)
            parameter = reader.ReadInt64();
        var validators = new GenesisValidator[reader.ReadUInt16()];
        for (int i = 0; i < validators.Length; i++)
        {
            var key = new PublicKey(reader.ReadBytes(PublicKey.Length));
            string host = Utf8.GetString(reader.ReadBytes(reader.ReadByte()));
            validators[i] = new GenesisValidator(key, new PeerAddress(host, reader.ReadUInt16()));
        }
        var observers = new PublicKey[hasObservers ? reader.ReadUInt16() : 0];
        for (int i = 0; i < observers.Length; i++)
            observers[i] = new PublicKey(reader.ReadBytes(PublicKey.Length));
        if (hasObservers && observers.Length == 0)
            throw new FormatException("genesis: one without observers is of version 1");
        long time = reader.ReadInt64();
        Hash256 root = Hash256.FromSpan(reader.ReadBytes(32));
        reader.ExpectEnd();
        return new Genesis(engineLevel, ChainParameters.FromArray(parameters), validators, time, root, observers);
    }

    private void Validate()
    {
        Parameters.Validate();
        if (Validators.Count is 0 or > ValidatorsMax)
            throw new FormatException($"genesis: 1 to {ValidatorsMax} validators expected, {Validators.Count} found");
        for (int i = 0; i < Validators.Count; i++)
        {
            (PublicKey key, PeerAddress address) = Validators[i];
            if (!SignatureBackend.Default.IsOnCurve(key))
                throw new FormatException($"genesis: the key of validator {i + 1} is no point of the curve");
            if (!_indexes.TryAdd(key, i))
                throw new FormatException($"genesis: validators {_indexes[key] + 1} and {i + 1} have one key");
            if (address.Host.Length == 0 || Utf8.GetByteCount(address.Host) > HostBytesMax || address.Port is <= 0 or > ushort.MaxValue)
                throw new FormatException($"genesis: the address of validator {i + 1} is not host:port");
        }
        if (Observers.Count > ObserversMax)
            throw new FormatException($"genesis: at most {ObserversMax} observers expected, {Observers.Count} found");
        for (int i = 0; i < Observers.Count; i++)
        {
            if (!SignatureBackend.Default.IsOnCurve(Observers[i]))
                throw new FormatException($"genesis: the key of observer {i + 1} is no point of the curve");
            if (!_indexes.TryAdd(Observers[i], Validators.Count + i))
                throw new FormatException($"genesis: the key of observer {i + 1} is another node's");
        }
        if (TimeMicros <= 0)
            throw new FormatException("genesis: time is after 1970");
    }

    private byte[] EncodeCanonical()
    {
        using var stream = new MemoryStream();
        Span<byte> number = stackalloc byte[8];
        stream.Write("DGN"u8);
        stream.WriteByte(Observers.Count == 0 ? FormatVersion : FormatVersionWithObservers);
        WriteUInt32(stream, EngineLevel, number);
        WriteUInt16(stream, ChainParameters.Count, number);
        foreach (long parameter in Parameters.ToArray())
            WriteInt64(stream, parameter, number);
        WriteUInt16(stream, Validators.Count, number);
        foreach ((PublicKey key, PeerAddress address) in Validators)
        {
            stream.Write(key.Span);
            byte[] host = Utf8.GetBytes(address.Host);
            stream.WriteByte((byte)host.Length);
            stream.Write(host);
            WriteUInt16(stream, address.Port, number);
        }
        if (Observers.Count > 0)
            WriteUInt16(stream, Observers.Count, number);
        foreach (PublicKey observer in Observers)
            stream.Write(observer.Span);
        WriteInt64(stream, TimeMicros, number);
        Span<byte> root = stackalloc byte[32];
        InitialStateRoot.CopyTo(root);
        stream.Write(root);
        return stream.ToArray();
    }

    private static void WriteUInt16(MemoryStream stream, int value, Span<byte> buffer)
    {
        BinaryPrimitives.WriteUInt16BigEndian(buffer, (ushort)value);
        stream.Write(buffer[..2]);
    }

    private static void WriteUInt32(MemoryStream stream, uint value, Span<byte> buffer)
    {
        BinaryPrimitives.WriteUInt32BigEndian(buffer, value);
        stream.Write(buffer[..4]);
    }

    private static void WriteInt64(MemoryStream stream, long value, Span<byte> buffer)
    {
        BinaryPrimitives.WriteInt64BigEndian(buffer, value);
        stream.Write(buffer[..8]);
    }
}
