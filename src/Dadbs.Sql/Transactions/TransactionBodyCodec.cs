using System.Buffers;
using Dadbs.Sql.Catalog;
using Dadbs.Storage;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// Bytes of a transaction's body: a format version, then numbered fields (docs/formats.md). The encoding of a body is unique, and the
/// decoder takes nothing else, so that nobody can vary a body's bytes and keep its meaning.
/// </summary>
public static class TransactionBodyCodec
{
    /// <summary>Bodies over this are refused with 54000; a larger one will travel in parts.</summary>
    public const int BodyBytesMax = 16 * 1024 * 1024;

    public static byte[] Encode(TransactionBody body)
    {
        var w = new FieldWriter();
        w.Byte(body.FormatVersion);
        w.Unsigned(1, (ulong)body.Kind);
        w.Unsigned(2, (ulong)body.Isolation);
        w.Unsigned(3, body.DatabaseOid);
        w.Signed(4, body.SnapshotHeight);
        w.Signed(5, body.ClockMicros);
        w.Bytes(6, body.Seed);
        foreach (CapturedSetting setting in body.Settings) Write(w, 7, setting);

        for (int i = 0; i < body.Statements.Count; i++) Write(w, 8, body.Statements[i]);
        foreach (RowAssertion assertion in body.Assertions) Write(w, 9, assertion);
        foreach (FootprintRange range in body.Footprint) Write(w, 10, range);
        foreach (LeaseRequest request in body.LeaseRequests)
        {
            FieldWriter.Nested nested = w.Begin(11);
            w.Unsigned(1, request.SequenceOid);
            w.Unsigned(2, (ulong)request.Count);
            w.End(nested);
        }

        foreach (LeaseReturn back in body.LeaseReturns)
        {
            FieldWriter.Nested nested = w.Begin(12);
            w.Unsigned(1, back.SequenceOid);
            w.Signed(2, back.LeaseStart);
            w.Signed(3, back.FirstUnused);
            w.Unsigned(4, back.IsOver ? 1u : 0u);
            w.End(nested);
        }

        return w.ToArray();
    }

    /// <summary>Reads a body. Anything but the canonical bytes of one: <see cref="MalformedBytesException"/>.</summary>
    public static TransactionBody Decode(ReadOnlySpan<byte> bytes) => Decode(bytes, null);

    /// <summary>The same, by whoever decodes one body after the other and remembers texts that they share.</summary>
    internal static TransactionBody Decode(ReadOnlySpan<byte> bytes, CarriedTexts? texts)
    {
        if (bytes.Length > BodyBytesMax) throw new MalformedBytesException("a transaction body over the limit");
        if (bytes.IsEmpty || bytes[0] != TransactionBody.CurrentFormatVersion) throw new MalformedBytesException("a transaction body of an unknown version");
        TransactionBody body;
        try
        {
            body = DecodeFields(bytes[1..], texts);
        }
        catch (ArgumentException)
        {
            throw new MalformedBytesException("a text of a transaction body is not UTF-8");
        }

        if (body.Seed.Length != 32) throw new MalformedBytesException("a seed has 32 bytes");
        if (!Enum.IsDefined(body.Kind) || !Enum.IsDefined(body.Isolation)) throw new MalformedBytesException("a transaction of an unknown kind");
        CheckAssertions(body);
        CheckFootprint(body.Footprint);
        return body;
    }

    private static TransactionBody DecodeFields(ReadOnlySpan<byte> bytes, CarriedTexts? texts)
    {
        (TransactionKind kind, TransactionIsolation isolation, uint database) = (0, 0, 0u);
        (long height, long clock, byte[] seed) = (0, 0, []);
        List<CapturedSetting>? settings = null;
        (CarriedStatement[] statements, int statementsRead) = ([], 0);
        List<RowAssertion>? assertions = null;
        List<FootprintRange>? footprint = null;
        List<LeaseRequest>? requests = null;
        List<LeaseReturn>? returns = null;
        FieldReader reader = FieldReader.Strict(bytes, repeated: 0b1_1111_1000_0000);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1: kind = (TransactionKind)Math.Min(reader.Unsigned, 255); break;
                case 2: isolation = (TransactionIsolation)Math.Min(reader.Unsigned, 255); break;
                case 3: database = Narrow(reader.Unsigned); break;
                case 4: height = reader.Signed; break;
                case 5: clock = reader.Signed; break;
                case 6: seed = reader.Bytes.ToArray(); break;
                case 7: (settings ??= []).Add(DecodeSetting(reader.Bytes)); break;
                case 8:
                    if (statementsRead == 0) statements = new CarriedStatement[reader.Repeats()];
                    statements[statementsRead++] = DecodeStatement(reader.Bytes, texts);
                    break;
                case 9: (assertions ??= []).Add(DecodeAssertion(reader.Bytes)); break;
                case 10: (footprint ??= []).Add(DecodeRange(reader.Bytes)); break;
                case 11: (requests ??= []).Add(DecodeRequest(reader.Bytes)); break;
                case 12: (returns ??= []).Add(DecodeReturn(reader.Bytes)); break;
                default: throw new MalformedBytesException($"field {reader.Field} of a transaction body is not known");
            }
        }

        return new TransactionBody
        {
            Kind = kind,
            Isolation = isolation,
            DatabaseOid = database,
            SnapshotHeight = height,
            ClockMicros = clock,
            Seed = seed,
            Settings = (IReadOnlyList<CapturedSetting>?)settings ?? [],
            Statements = statements,
            Assertions = (IReadOnlyList<RowAssertion>?)assertions ?? [],
            Footprint = (IReadOnlyList<FootprintRange>?)footprint ?? [],
            LeaseRequests = (IReadOnlyList<LeaseRequest>?)requests ?? [],
            LeaseReturns = (IReadOnlyList<LeaseReturn>?)returns ?? [],
        };
    }

    private static void Write(FieldWriter w, int field, CarriedStatement statement)
    {
        FieldWriter.Nested record = w.Begin(field);
        w.Text(1, statement.Text);
        for (int i = 0; i < statement.ParameterTypes.Count; i++) w.Unsigned(2, statement.ParameterTypes[i]);
        for (int i = 0; i < statement.Parameters.Count; i++)
        {
            // A leading byte tells NULL from an empty value.
            FieldWriter.Nested value = w.Begin(3);
            byte[]? parameter = statement.Parameters[i];
            w.Byte(parameter is null ? (byte)0 : (byte)1);
            w.Raw(parameter);
            w.End(value);
        }

        if (statement.Digest is { } digest) w.Bytes(4, digest);
        if (statement.ExpectedTypes is { } expected)
        {
            var list = new ArrayBufferWriter<byte>(4 * expected.Count + 1);
            foreach (uint type in expected)
            {
                System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(list.GetSpan(4), type);
                list.Advance(4);
            }

            w.Bytes(5, list.WrittenSpan);
        }

        foreach (CapturedSequenceValue value in statement.SequenceValues)
        {
            FieldWriter.Nested nested = w.Begin(6);
            w.Unsigned(1, (ulong)value.Kind);
            w.Unsigned(2, value.SequenceOid);
            w.Signed(3, value.Value);
            w.End(nested);
        }

        if (statement.CopyLines is { } lines) w.Bytes(7, lines);
        foreach (CapturedKeys captured in statement.CapturedKeys) Write(w, 8, captured);
        if (statement.Settings is { } settings)
        {
            FieldWriter.Nested nested = w.Begin(9);
            foreach (CapturedSetting setting in settings) Write(w, 1, setting);
            w.End(nested);
        }

        w.End(record);
    }

    private static void Write(FieldWriter w, int field, CapturedSetting setting)
    {
        FieldWriter.Nested record = w.Begin(field);
        w.Text(1, setting.Name);
        w.Text(2, setting.Value);
        w.End(record);
    }

    private static CarriedStatement DecodeStatement(ReadOnlySpan<byte> bytes, CarriedTexts? texts)
    {
        string? text = null;
        (uint[] types, int typesRead) = ([], 0);
        (byte[]?[] parameters, int parametersRead) = ([], 0);
        (byte[]? digest, List<uint>? expected, byte[]? lines) = (null, null, null);
        List<CapturedSequenceValue>? values = null;
        List<CapturedKeys>? captured = null;
        List<CapturedSetting>? settings = null;
        FieldReader reader = FieldReader.Strict(bytes, repeated: 0b1_0100_1100);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1: text = DecodeText(reader, texts); break;
                case 2:
                    if (typesRead == 0) types = new uint[reader.Repeats()];
                    types[typesRead++] = Narrow(reader.Unsigned);
                    break;
                case 3:
                    if (parametersRead == 0) parameters = new byte[reader.Repeats()][];
                    parameters[parametersRead++] = DecodeParameter(reader.Bytes);
                    break;
                case 4: digest = reader.Bytes.ToArray(); break;
                case 5: expected = DecodeOids(reader.Bytes); break;
                case 6: (values ??= []).Add(DecodeSequenceValue(reader.Bytes)); break;
                case 7: lines = reader.Bytes.ToArray(); break;
                case 8: (captured ??= []).Add(DecodeCapturedKeys(reader.Bytes)); break;
                case 9: settings = DecodeSettings(reader.Bytes); break;
                default: throw new MalformedBytesException($"field {reader.Field} of a statement is not known");
            }
        }

        if (parametersRead != typesRead) throw new MalformedBytesException("a statement has as many parameters as parameter types");
        for (int i = 1; i < captured?.Count; i++)
        {
            if (captured[i].Place <= captured[i - 1].Place) throw new MalformedBytesException("captured keys are out of order");
        }

        if (digest is { Length: not OutcomeDigest.Length }) throw new MalformedBytesException("a digest has 16 bytes");
        return new CarriedStatement
        {
            Text = Required(text),
            ParameterTypes = types,
            Parameters = parameters,
            Digest = digest,
            ExpectedTypes = expected,
            SequenceValues = (IReadOnlyList<CapturedSequenceValue>?)values ?? [],
            CopyLines = lines,
            CapturedKeys = (IReadOnlyList<CapturedKeys>?)captured ?? [],
            Settings = settings,
        };
    }

    private static List<CapturedSetting> DecodeSettings(ReadOnlySpan<byte> bytes)
    {
        var settings = new List<CapturedSetting>();
        FieldReader reader = FieldReader.Strict(bytes, repeated: 0b10);
        while (reader.Read())
        {
            if (reader.Field != 1) throw Unknown(reader.Field);
            settings.Add(DecodeSetting(reader.Bytes));
        }

        return settings;
    }

    private static string DecodeText(in FieldReader reader, CarriedTexts? texts)
    {
        if (texts?.Find(reader.Bytes) is { } known) return known;
        string text = reader.Text;
        texts?.Add(reader.Bytes, text);
        return text;
    }

    private static byte[]? DecodeParameter(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes[0] > 1 || (bytes[0] == 0 && bytes.Length > 1)) throw new MalformedBytesException("a parameter starts with its NULL mark");
        return bytes[0] == 0 ? null : bytes[1..].ToArray();
    }

    private static List<uint> DecodeOids(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % 4 != 0) throw new MalformedBytesException("result types have 4 bytes each");
        var oids = new List<uint>(bytes.Length / 4);
        for (int at = 0; at + 4 <= bytes.Length; at += 4) oids.Add(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]));
        return oids;
    }

    private static CapturedSetting DecodeSetting(ReadOnlySpan<byte> bytes)
    {
        (string? name, string? value) = (null, null);
        FieldReader reader = FieldReader.Strict(bytes);
        while (reader.Read())
        {
            if (reader.Field == 1) name = reader.Text;
            else if (reader.Field == 2) value = reader.Text;
            else throw Unknown(reader.Field);
        }

        return new CapturedSetting(Required(name), Required(value));
    }

    private static CapturedSequenceValue DecodeSequenceValue(ReadOnlySpan<byte> bytes)
    {
        (SequenceCapture kind, uint oid, long value) = (0, 0u, 0L);
        FieldReader reader = FieldReader.Strict(bytes);
        while (reader.Read())
        {
            if (reader.Field == 1) kind = (SequenceCapture)Math.Min(reader.Unsigned, 255);
            else if (reader.Field == 2) oid = Narrow(reader.Unsigned);
            else if (reader.Field == 3) value = reader.Signed;
            else throw Unknown(reader.Field);
        }

        return new CapturedSequenceValue(kind, oid, value);
    }

    private static void CheckAssertions(TransactionBody body)
    {
        if (body.Assertions.Count > TransactionLimits.AssertionsMax) throw new MalformedBytesException("a transaction body has too many assertions");
        int before = 0;
        foreach (RowAssertion assertion in body.Assertions)
        {
            if (assertion.BeforeStatement < before || assertion.BeforeStatement > body.Statements.Count)
                throw new MalformedBytesException("an assertion is not at its place");
            if (assertion.ImageDigest.Length is not (0 or RowImage.DigestLength)) throw new MalformedBytesException("the digest of a row has 16 bytes");
            before = assertion.BeforeStatement;
        }
    }

    private static void CheckFootprint(IReadOnlyList<FootprintRange> footprint)
    {
        if (footprint.Count > TransactionLimits.FootprintRangesMax) throw new MalformedBytesException("a transaction body has too many footprint ranges");
        for (int i = 0; i < footprint.Count; i++)
        {
            FootprintRange range = footprint[i];
            if (range.Low is { Length: 0 } || (range.High is { } high && high.AsSpan().SequenceCompareTo(range.Low) <= 0))
                throw new MalformedBytesException("a footprint range is empty, or has another form");
            if (i == 0) continue;
            FootprintRange previous = footprint[i - 1];
            int order = (previous.Database, previous.File).CompareTo((range.Database, range.File));
            bool ascends = order < 0 || (order == 0 && previous.High is { } end && range.Low is { } start && end.AsSpan().SequenceCompareTo(start) < 0);
            if (!ascends) throw new MalformedBytesException("footprint ranges are out of order, or touch");
        }
    }

    private static void Write(FieldWriter w, int field, CapturedKeys captured)
    {
        FieldWriter.Nested record = w.Begin(field);
        w.Unsigned(1, (ulong)captured.Place);
        w.Unsigned(2, captured.Database);
        w.Unsigned(3, captured.File);
        foreach (byte[] key in captured.Keys) w.Bytes(4, key);
        w.End(record);
    }

    private static CapturedKeys DecodeCapturedKeys(ReadOnlySpan<byte> bytes)
    {
        (int place, uint database, uint file) = (0, 0u, 0u);
        var keys = new List<byte[]>();
        FieldReader reader = FieldReader.Strict(bytes, repeated: 0b1_0000);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1: place = Count(reader.Unsigned); break;
                case 2: database = Narrow(reader.Unsigned); break;
                case 3: file = Narrow(reader.Unsigned); break;
                case 4: keys.Add(reader.Bytes.ToArray()); break;
                default: throw Unknown(reader.Field);
            }

            if (keys.Count > TransactionLimits.CapturedKeysMax) throw new MalformedBytesException("a statement has too many captured keys");
        }

        return new CapturedKeys(place, database, file, keys);
    }

    private static void Write(FieldWriter w, int field, RowAssertion assertion)
    {
        FieldWriter.Nested record = w.Begin(field);
        w.Unsigned(1, (ulong)assertion.BeforeStatement);
        w.Unsigned(2, assertion.Database);
        w.Unsigned(3, assertion.File);
        if (assertion.Key is { } key) w.Bytes(4, key);
        w.Bytes(5, assertion.ImageDigest);
        w.End(record);
    }

    private static RowAssertion DecodeAssertion(ReadOnlySpan<byte> bytes)
    {
        (int before, uint database, uint file, byte[]? key, byte[]? digest) = (0, 0u, 0u, null, null);
        FieldReader reader = FieldReader.Strict(bytes);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1: before = Count(reader.Unsigned); break;
                case 2: database = Narrow(reader.Unsigned); break;
                case 3: file = Narrow(reader.Unsigned); break;
                case 4: key = reader.Bytes.ToArray(); break;
                case 5: digest = reader.Bytes.ToArray(); break;
                default: throw Unknown(reader.Field);
            }
        }

        return new RowAssertion(before, database, file, key, Required(digest));
    }

    private static void Write(FieldWriter w, int field, FootprintRange range)
    {
        FieldWriter.Nested record = w.Begin(field);
        w.Unsigned(1, range.Database);
        w.Unsigned(2, range.File);
        if (range.Low is { } low) w.Bytes(3, low);
        if (range.High is { } high) w.Bytes(4, high);
        w.End(record);
    }

    private static FootprintRange DecodeRange(ReadOnlySpan<byte> bytes)
    {
        (uint database, uint file, byte[]? low, byte[]? high) = (0u, 0u, null, null);
        FieldReader reader = FieldReader.Strict(bytes);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1: database = Narrow(reader.Unsigned); break;
                case 2: file = Narrow(reader.Unsigned); break;
                case 3: low = reader.Bytes.ToArray(); break;
                case 4: high = reader.Bytes.ToArray(); break;
                default: throw Unknown(reader.Field);
            }
        }

        return new FootprintRange(database, file, low, high);
    }

    private static LeaseRequest DecodeRequest(ReadOnlySpan<byte> bytes)
    {
        (uint oid, int count) = (0u, 0);
        FieldReader reader = FieldReader.Strict(bytes);
        while (reader.Read())
        {
            if (reader.Field == 1) oid = Narrow(reader.Unsigned);
            else if (reader.Field == 2) count = Count(reader.Unsigned);
            else throw Unknown(reader.Field);
        }

        return new LeaseRequest(oid, count);
    }

    private static LeaseReturn DecodeReturn(ReadOnlySpan<byte> bytes)
    {
        (uint oid, long start, long first, bool isOver) = (0u, 0L, 0L, false);
        FieldReader reader = FieldReader.Strict(bytes);
        while (reader.Read())
        {
            if (reader.Field == 1) oid = Narrow(reader.Unsigned);
            else if (reader.Field == 2) start = reader.Signed;
            else if (reader.Field == 3) first = reader.Signed;
            else if (reader.Field == 4) isOver = reader.Unsigned == 1 ? true : throw new MalformedBytesException("a flag is out of range");
            else throw Unknown(reader.Field);
        }

        return new LeaseReturn(oid, start, first, isOver);
    }

    /// <summary>Strings of bytes are always written: one that is missing is another encoding of the same.</summary>
    private static T Required<T>(T? field)
        where T : class => field ?? throw new MalformedBytesException("a field of a transaction body is missing");

    private static MalformedBytesException Unknown(int field) => new($"field {field} of a part of a transaction body is not known");

    private static int Count(ulong value) =>
        value <= int.MaxValue ? (int)value : throw new MalformedBytesException("a count is out of range");

    private static uint Narrow(ulong value) =>
        value <= uint.MaxValue ? (uint)value : throw new MalformedBytesException("an OID has 32 bits");
}
