using System.Buffers;
using System.Text;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>String functions on UTF-8. Positions count characters from 1; case mapping is ASCII's, as in the "C" locale.</summary>
internal static class TextFunctions
{
    public static void Register(FunctionRegistry registry)
    {
        registry.Scalar("textcat", (_, a) => Concatenate(a[0].AsUtf8Span, a[1].AsUtf8Span));
        registry.Scalar("byteacat", (_, a) => Concatenate(a[0].AsUtf8Span, a[1].AsUtf8Span));
        registry.Generic("anytextcat(anynonarray,text)", (generic, types) => AnyConcatenation(generic, types, 0));
        registry.Generic("textanycat(text,anynonarray)", (generic, types) => AnyConcatenation(generic, types, 1));
        RegisterLengths(registry);
        RegisterCase(registry);
        RegisterParts(registry);
        RegisterPadding(registry);
        RegisterSearch(registry);
        RegisterCodes(registry);
        RegisterVariadic(registry);
    }

    public static Datum Concatenate(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail)
    {
        Budget.CheckValueLength((long)head.Length + tail.Length);
        var bytes = new byte[head.Length + tail.Length];
        head.CopyTo(bytes);
        tail.CopyTo(bytes.AsSpan(head.Length));
        return Datum.FromBytes(bytes);
    }

    /// <summary>text || anything: the other side by its output function.</summary>
    private static FunctionDescriptor AnyConcatenation(FunctionDescriptor generic, SqlType[] types, int anySide) => generic with
    {
        ArgumentTypes = types,
        Specializer = null,
        Body = (context, a) =>
        {
            var text = Format(types[anySide], a[anySide], context);
            return anySide == 0 ? Concatenate(text, a[1].AsUtf8Span) : Concatenate(a[0].AsUtf8Span, text);
        },
    };

    /// <summary>A value's output text; booleans as in a cast to text.</summary>
    public static ReadOnlySpan<byte> Format(SqlType type, Datum value, EvaluationContext context)
    {
        if (type.Category == 'S' && type != SqlTypes.Char || type.IsUnknown)
            return value.AsUtf8Span;
        var buffer = new ArrayBufferWriter<byte>();
        type.Operations.FormatText(value, buffer, context.TypeSettings);
        return buffer.WrittenSpan;
    }

    private static void RegisterLengths(FunctionRegistry registry)
    {
        registry.Scalar("textlen", (_, a) => Datum.FromInt32(AsciiText.CountCharacters(a[0].AsUtf8Span)));
        registry.Scalar("bpcharlen", (_, a) => Datum.FromInt32(AsciiText.CountCharacters(CharOperations.Trimmed(a[0]))));
        registry.Scalar(["textoctetlen", "bpcharoctetlen", "byteaoctetlen"], (_, a) => Datum.FromInt32(a[0].AsUtf8Span.Length));
        registry.Scalar(["bit_length(text)", "bit_length(bytea)"], (_, a) => IntegerFunctions.Int4(a[0].AsUtf8Span.Length * 8L));
        registry.Scalar("bytea_bit_count", (_, a) =>
        {
            long count = 0;
            foreach (var b in a[0].AsBytesSpan)
                count += System.Numerics.BitOperations.PopCount(b);
            return Datum.FromInt64(count);
        });
    }

    private static void RegisterCase(FunctionRegistry registry)
    {
        registry.Scalar("lower", (_, a) => Map(a[0], AsciiText.ToLower));
        registry.Scalar("upper", (_, a) => Map(a[0], AsciiText.ToUpper));
        registry.Scalar("initcap", (_, a) =>
        {
            var bytes = a[0].AsUtf8Span.ToArray();
            var inWord = false;
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] = inWord ? AsciiText.ToLower(bytes[i]) : AsciiText.ToUpper(bytes[i]);
                inWord = AsciiText.IsLetter(bytes[i]) || AsciiText.IsDigit(bytes[i]);
            }
            return Datum.FromBytes(bytes);
        });
    }

    private static Datum Map(Datum text, Func<byte, byte> map)
    {
        var bytes = text.AsUtf8Span.ToArray();
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = map(bytes[i]);
        return Datum.FromBytes(bytes);
    }

    private static Datum Slice(Datum text, int start, int end) => Datum.FromUtf8(text.As<byte[]>(), (int)(text.Bits >> 32) + start, end - start);

    private static void RegisterParts(FunctionRegistry registry)
    {
        registry.Scalar("text_substr", (_, a) => Substring(a[0], a[1].AsInt64, a[2].AsInt64));
        registry.Scalar("text_substr_no_len", (_, a) => Substring(a[0], a[1].AsInt64, null));
        registry.Scalar("bytea_substr", (_, a) => SubstringBytes(a[0], a[1].AsInt64, a[2].AsInt64));
        registry.Scalar("bytea_substr_no_len", (_, a) => SubstringBytes(a[0], a[1].AsInt64, null));
        registry.Scalar("text_left", (_, a) => Slice(a[0], 0, HeadEnd(a[0], a[1].AsInt64)));
        registry.Scalar("text_right", (_, a) => Slice(a[0], HeadEnd(a[0], -a[1].AsInt64), a[0].AsUtf8Span.Length) is var right && a[1].AsInt64 == 0 ? Datum.FromUtf8([]) : right);
        registry.Scalar("textoverlay", (_, a) => Overlay(a[0], a[1], a[2].AsInt64, a[3].AsInt64));
        registry.Scalar("textoverlay_no_len", (_, a) => Overlay(a[0], a[1], a[2].AsInt64, AsciiText.CountCharacters(a[1].AsUtf8Span)));
        registry.Scalar("split_part", (_, a) => SplitPart(a[0], a[1].AsUtf8Span, a[2].AsInt64));
        registry.Scalar("text_reverse", (_, a) => Reverse(a[0].AsUtf8Span));
    }

    /// <summary>Where the first n characters end; a negative n leaves that many at the end.</summary>
    private static int HeadEnd(Datum text, long n)
    {
        var span = text.AsUtf8Span;
        return AsciiText.OffsetOfCharacter(span, n >= 0 ? n : AsciiText.CountCharacters(span) + n);
    }

    private static SqlException NegativeLength() => new(SqlState.SubstringError, "negative substring length not allowed");

    public static Datum Substring(Datum text, long start, long? length)
    {
        if (length < 0)
            throw NegativeLength();
        var span = text.AsUtf8Span;
        var end = length is { } count ? start + count : long.MaxValue;
        var first = Math.Max(start, 1);
        if (end <= first)
            return Datum.FromUtf8([]);
        var from = AsciiText.OffsetOfCharacter(span, first - 1);
        var to = end == long.MaxValue ? span.Length : from + AsciiText.OffsetOfCharacter(span[from..], end - first);
        return Slice(text, from, to);
    }

    private static Datum SubstringBytes(Datum bytes, long start, long? length)
    {
        if (length < 0)
            throw NegativeLength();
        var size = bytes.AsBytesSpan.Length;
        var end = length is { } count ? Math.Min(start + count - 1, size) : size;
        var from = Math.Clamp(start - 1, 0, size);
        return Slice(bytes, (int)from, (int)Math.Max(from, end));
    }

    private static Datum Overlay(Datum text, Datum replacement, long start, long length)
    {
        if (start <= 0)
            throw NegativeLength();
        var head = Substring(text, 1, start - 1);
        var tail = Substring(text, start + length, null);
        return Concatenate(Concatenate(head.AsUtf8Span, replacement.AsUtf8Span).AsUtf8Span, tail.AsUtf8Span);
    }

    private static Datum SplitPart(Datum text, ReadOnlySpan<byte> delimiter, long n)
    {
        if (n == 0)
            throw new SqlException(SqlState.InvalidParameterValue, "field position must not be zero");
        var span = text.AsUtf8Span;
        if (span.Length == 0)
            return Datum.FromUtf8([]);
        if (delimiter.Length == 0)
            return n is 1 or -1 ? text : Datum.FromUtf8([]);
        if (n < 0)
        {
            var fields = 1;
            for (var at = 0; span[at..].IndexOf(delimiter) is var hit && hit >= 0; at += hit + delimiter.Length)
                fields++;
            n = fields + n + 1;
            if (n < 1)
                return Datum.FromUtf8([]);
        }
        var start = 0;
        while (true)
        {
            var hit = span[start..].IndexOf(delimiter);
            if (n == 1)
                return Slice(text, start, hit < 0 ? span.Length : start + hit);
            if (hit < 0)
                return Datum.FromUtf8([]);
            start += hit + delimiter.Length;
            n--;
        }
    }

    private static Datum Reverse(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[text.Length];
        var end = bytes.Length;
        for (var i = 0; i < text.Length;)
        {
            var size = Math.Min(AsciiText.CharacterLength(text[i]), text.Length - i);
            end -= size;
            text.Slice(i, size).CopyTo(bytes.AsSpan(end));
            i += size;
        }
        return Datum.FromBytes(bytes);
    }

    private static void RegisterPadding(FunctionRegistry registry)
    {
        registry.Scalar("lpad", (context, a) => Pad(context, a[0], a[1].AsInt64, a[2].AsUtf8Span, left: true));
        registry.Scalar("rpad", (context, a) => Pad(context, a[0], a[1].AsInt64, a[2].AsUtf8Span, left: false));
        registry.Scalar("lpad(text,int4)", (context, a) => Pad(context, a[0], a[1].AsInt64, " "u8, left: true));
        registry.Scalar("rpad(text,int4)", (context, a) => Pad(context, a[0], a[1].AsInt64, " "u8, left: false));
        registry.Scalar("btrim", (_, a) => Trim(a[0], a[1].AsUtf8Span, true, true));
        registry.Scalar("ltrim", (_, a) => Trim(a[0], a[1].AsUtf8Span, true, false));
        registry.Scalar("rtrim", (_, a) => Trim(a[0], a[1].AsUtf8Span, false, true));
        registry.Scalar("btrim1", (_, a) => Trim(a[0], " "u8, true, true));
        registry.Scalar("ltrim1", (_, a) => Trim(a[0], " "u8, true, false));
        registry.Scalar("rtrim(text)", (_, a) => Trim(a[0], " "u8, false, true));
        registry.Scalar("byteatrim", (_, a) => TrimBytes(a[0], a[1].AsBytesSpan, true, true));
        registry.Scalar("bytealtrim", (_, a) => TrimBytes(a[0], a[1].AsBytesSpan, true, false));
        registry.Scalar("byteartrim", (_, a) => TrimBytes(a[0], a[1].AsBytesSpan, false, true));
        registry.Scalar("repeat", (context, a) => Repeat(context, a[0].AsUtf8Span, a[1].AsInt64));
    }

    private static Datum Pad(EvaluationContext context, Datum text, long length, ReadOnlySpan<byte> fill, bool left)
    {
        var span = text.AsUtf8Span;
        var count = AsciiText.CountCharacters(span);
        length = Math.Max(length, 0);
        if (count >= length)
            return Slice(text, 0, AsciiText.OffsetOfCharacter(span, length));
        if (fill.Length == 0)
            return text;
        Budget.CheckValueLength((length - count) * 4 + span.Length);
        context.Budget.Step(length);
        context.Budget.Allocate(length);
        var buffer = new ArrayBufferWriter<byte>();
        if (!left)
            buffer.Write(span);
        var fillCharacters = AsciiText.CountCharacters(fill);
        for (var missing = length - count; missing > 0; missing -= fillCharacters)
            buffer.Write(missing >= fillCharacters ? fill : fill[..AsciiText.OffsetOfCharacter(fill, missing)]);
        if (left)
            buffer.Write(span);
        return Datum.FromUtf8(buffer.WrittenSpan);
    }

    private static Datum Trim(Datum text, ReadOnlySpan<byte> set, bool left, bool right)
    {
        var span = text.AsUtf8Span;
        var (start, end) = (0, span.Length);
        while (left && start < end)
        {
            var size = Math.Min(AsciiText.CharacterLength(span[start]), end - start);
            if (!ContainsCharacter(set, span.Slice(start, size)))
                break;
            start += size;
        }
        while (right && end > start)
        {
            var at = end - 1;
            while (at > start && (span[at] & 0xC0) == 0x80)
                at--;
            if (!ContainsCharacter(set, span[at..end]))
                break;
            end = at;
        }
        return Slice(text, start, end);
    }

    private static bool ContainsCharacter(ReadOnlySpan<byte> set, ReadOnlySpan<byte> character)
    {
        for (var i = 0; i < set.Length;)
        {
            var size = Math.Min(AsciiText.CharacterLength(set[i]), set.Length - i);
            if (set.Slice(i, size).SequenceEqual(character))
                return true;
            i += size;
        }
        return false;
    }

    private static Datum TrimBytes(Datum bytes, ReadOnlySpan<byte> set, bool left, bool right)
    {
        var span = bytes.AsBytesSpan;
        var (start, end) = (0, span.Length);
        while (left && start < end && set.Contains(span[start]))
            start++;
        while (right && end > start && set.Contains(span[end - 1]))
            end--;
        return Slice(bytes, start, end);
    }

    private static Datum Repeat(EvaluationContext context, ReadOnlySpan<byte> text, long count)
    {
        count = Math.Max(count, 0);
        var size = text.Length * count;
        Budget.CheckValueLength(size);
        context.Budget.Allocate(size);
        context.Budget.Step(size / 16 + 1);
        var bytes = new byte[size];
        for (var i = 0; i < bytes.Length; i += text.Length)
            text.CopyTo(bytes.AsSpan(i));
        return Datum.FromBytes(bytes);
    }

    private static void RegisterSearch(FunctionRegistry registry)
    {
        registry.Scalar("textpos", (_, a) => Datum.FromInt32(Position(a[0].AsUtf8Span, a[1].AsUtf8Span)));
        registry.Scalar("byteapos", (_, a) => Datum.FromInt32(a[0].AsBytesSpan.IndexOf(a[1].AsBytesSpan) + 1));
        registry.Scalar("text_starts_with", (_, a) => Datum.FromBool(a[0].AsUtf8Span.StartsWith(a[1].AsUtf8Span)));
        registry.Scalar("replace_text", (context, a) => Replace(context, a[0], a[1].AsUtf8Span, a[2].AsUtf8Span));
        registry.Scalar("translate", (_, a) => Translate(a[0].AsUtf8Span, a[1].AsUtf8Span, a[2].AsUtf8Span));
    }

    private static int Position(ReadOnlySpan<byte> text, ReadOnlySpan<byte> wanted)
    {
        var at = text.IndexOf(wanted);
        return at < 0 ? 0 : AsciiText.CountCharacters(text[..at]) + 1;
    }

    private static Datum Replace(EvaluationContext context, Datum text, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        var span = text.AsUtf8Span;
        if (from.Length == 0 || span.IndexOf(from) < 0)
            return text;
        var buffer = new ArrayBufferWriter<byte>(span.Length);
        while (true)
        {
            var hit = span.IndexOf(from);
            if (hit < 0)
                break;
            buffer.Write(span[..hit]);
            buffer.Write(to);
            Budget.CheckValueLength(buffer.WrittenCount);
            context.Budget.Step(1 + to.Length / 16);
            span = span[(hit + from.Length)..];
        }
        buffer.Write(span);
        return Datum.FromUtf8(buffer.WrittenSpan);
    }

    private static Datum Translate(ReadOnlySpan<byte> text, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        var buffer = new ArrayBufferWriter<byte>(text.Length + 1);
        for (var i = 0; i < text.Length;)
        {
            var size = Math.Min(AsciiText.CharacterLength(text[i]), text.Length - i);
            var character = text.Slice(i, size);
            i += size;
            var index = CharacterIndex(from, character);
            if (index < 0)
                buffer.Write(character);
            else
                buffer.Write(CharacterAt(to, index));
        }
        return Datum.FromUtf8(buffer.WrittenSpan);
    }

    private static int CharacterIndex(ReadOnlySpan<byte> set, ReadOnlySpan<byte> character)
    {
        var index = 0;
        for (var i = 0; i < set.Length; index++)
        {
            var size = Math.Min(AsciiText.CharacterLength(set[i]), set.Length - i);
            if (set.Slice(i, size).SequenceEqual(character))
                return index;
            i += size;
        }
        return -1;
    }

    private static ReadOnlySpan<byte> CharacterAt(ReadOnlySpan<byte> text, int index)
    {
        var start = AsciiText.OffsetOfCharacter(text, index);
        return start == text.Length ? [] : text.Slice(start, Math.Min(AsciiText.CharacterLength(text[start]), text.Length - start));
    }

    private static void RegisterCodes(FunctionRegistry registry)
    {
        registry.Scalar("ascii", (_, a) => Datum.FromInt32(a[0].AsUtf8Span.Length == 0 ? 0 : Rune.DecodeFromUtf8(a[0].AsUtf8Span, out var rune, out var _) == OperationStatus.Done ? rune.Value : a[0].AsUtf8Span[0]));
        registry.Scalar("chr", (_, a) => Character(a[0].AsInt32));
        registry.Scalar("to_hex32", (_, a) => Datum.FromString(((uint)a[0].AsInt32).ToString("x", System.Globalization.NumberFormatInfo.InvariantInfo)));
        registry.Scalar("to_hex64", (_, a) => Datum.FromString(((ulong)a[0].AsInt64).ToString("x", System.Globalization.NumberFormatInfo.InvariantInfo)));
        registry.Scalar("quote_ident", (_, a) => Datum.FromString(QualifiedName.Quote(a[0].AsString())));
        registry.Scalar("parse_ident(text,bool)", [Datum.FromBool(true)], IdentifierParts.Parse);
        registry.Scalar("quote_literal", (_, a) => Datum.FromString(QuoteLiteral(a[0].AsString())));
        registry.Scalar("quote_nullable", (_, a) => a[0].IsNull ? Datum.FromUtf8("NULL"u8) : Datum.FromString(QuoteLiteral(a[0].AsString())));
        registry.Generic("quote_literal(anyelement)", (generic, types) => generic with
        {
            ArgumentTypes = types,
            Specializer = null,
            Body = (context, a) => Datum.FromString(QuoteLiteral(Encoding.UTF8.GetString(Format(types[0], a[0], context)))),
        });
        registry.Generic("quote_nullable(anyelement)", (generic, types) => generic with
        {
            ArgumentTypes = types,
            Specializer = null,
            Body = (context, a) => a[0].IsNull ? Datum.FromUtf8("NULL"u8) : Datum.FromString(QuoteLiteral(Encoding.UTF8.GetString(Format(types[0], a[0], context)))),
        });
    }

    private static Datum Character(int code)
    {
        if (code == 0)
            throw new SqlException(SqlState.ProgramLimitExceeded, "null character not permitted");
        if (code < 0)
            throw new SqlException(SqlState.InvalidParameterValue, "character number must be positive");
        if (!Rune.IsValid(code))
            throw new SqlException(SqlState.ProgramLimitExceeded, $"requested character {(code > 0x10FFFF ? "too large" : "not valid")} for encoding: {code}");
        return Datum.FromString(new Rune(code).ToString());
    }

    public static string QuoteLiteral(string text)
    {
        var quoted = text.Replace("'", "''", StringComparison.Ordinal);
        return quoted.Contains('\\', StringComparison.Ordinal) ? $"E'{quoted.Replace("\\", "\\\\", StringComparison.Ordinal)}'" : $"'{quoted}'";
    }

    private static void RegisterVariadic(FunctionRegistry registry)
    {
        registry.Generic("concat(any)", (generic, types) => generic with
        {
            ArgumentTypes = types,
            Specializer = null,
            Body = (context, a) => Join(context, types, a, [], 0),
        });
        registry.Generic("concat_ws(text,any)", (generic, types) => generic with
        {
            ArgumentTypes = types,
            Specializer = null,
            Body = (context, a) => a[0].IsNull ? Datum.Null : Join(context, types, a, a[0].AsUtf8Span, 1),
        });
        registry.Generic("format(text,any)", (generic, types) => generic with
        {
            ArgumentTypes = types,
            Specializer = null,
            Body = (context, a) => a[0].IsNull ? Datum.Null : FormatFunction.Run(context, types, a),
        });
        registry.Scalar("text_format_nv", (context, a) => a[0].IsNull ? Datum.Null : FormatFunction.Run(context, [SqlTypes.Text], a));
    }

    private static Datum Join(EvaluationContext context, SqlType[] types, ReadOnlySpan<Datum> values, ReadOnlySpan<byte> separator, int from)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var first = true;
        for (var i = from; i < values.Length; i++)
        {
            if (values[i].IsNull)
                continue;
            if (!first)
                buffer.Write(separator);
            first = false;
            buffer.Write(Format(types[i], values[i], context));
            Budget.CheckValueLength(buffer.WrittenCount);
        }
        return Datum.FromUtf8(buffer.WrittenSpan);
    }
}
