using System.Buffers;
using System.Text;

namespace Dadbs.Sql.Types;

/// <summary>Arrays in and out of text: <c>{1,2,NULL}</c>, <c>{{a,"b c"},{d,e}}</c>, <c>[0:1]={1,2}</c>. 22P02 with PostgreSQL's details.</summary>
internal ref struct ArrayText
{
    private readonly SqlType _element;
    private readonly TypeSettings _settings;
    private readonly int _modifier;
    private readonly ReadOnlySpan<byte> _text;
    private readonly List<Datum> _elements;
    private readonly int[] _lengths;
    private int _at;
    private int _dimensions;

    private ArrayText(SqlType element, ReadOnlySpan<byte> text, int modifier, TypeSettings settings)
    {
        _element = element;
        _text = text;
        _modifier = modifier;
        _settings = settings;
        _elements = [];
        _lengths = new int[ArrayValue.DimensionsMax];
        _lengths.AsSpan().Fill(-1);
    }

    public static ArrayValue Parse(SqlType element, ReadOnlySpan<byte> text, int modifier, TypeSettings settings)
    {
        var parser = new ArrayText(element, text, modifier, settings);
        return parser.Parse();
    }

    private ArrayValue Parse()
    {
        SkipSpaces();
        var bounds = ParseBounds(out var declared);
        SkipSpaces();
        if (_at >= _text.Length || _text[_at] != '{')
            throw Malformed(bounds is null ? "Array value must start with \"{\" or dimension information." : "Array contents must start with \"{\".");
        ParseLevel(0);
        SkipSpaces();
        if (_at != _text.Length)
            throw Malformed("Junk after closing right brace.");
        if (_elements.Count == 0)
            return ArrayValue.Empty(_element);
        var lengths = _lengths.AsSpan(0, _dimensions).ToArray();
        if (bounds is not null && (bounds.Length != lengths.Length || !declared!.SequenceEqual(lengths)))
            throw Malformed("Specified array dimensions do not match array contents.");
        var lower = bounds ?? [.. Enumerable.Repeat(1, lengths.Length)];
        return new ArrayValue(_element, lengths, lower, [.. _elements]);
    }

    /// <summary>[l:u][l:u]= before the braces, or null.</summary>
    private int[]? ParseBounds(out int[]? lengths)
    {
        lengths = null;
        if (_at >= _text.Length || _text[_at] != '[')
            return null;
        var lower = new List<int>();
        var counts = new List<int>();
        while (_at < _text.Length && _text[_at] == '[')
        {
            _at++;
            var from = ParseBound();
            var to = from;
            if (_at < _text.Length && _text[_at] == ':')
            {
                _at++;
                to = ParseBound();
            }
            else
            {
                from = 1;
            }
            if (_at >= _text.Length || _text[_at] != ']')
                throw Malformed("Missing \"]\" after array dimensions.");
            _at++;
            if (to < from)
                throw new SqlException(SqlState.ArraySubscriptError, "upper bound cannot be less than lower bound");
            if (lower.Count == ArrayValue.DimensionsMax)
                throw new SqlException(SqlState.ProgramLimitExceeded, $"number of array dimensions ({ArrayValue.DimensionsMax + 1}) exceeds the maximum allowed ({ArrayValue.DimensionsMax})");
            lower.Add(from);
            counts.Add(to - from + 1);
            SkipSpaces();
        }
        if (_at >= _text.Length || _text[_at] != '=')
            throw Malformed("Missing \"=\" after array dimensions.");
        _at++;
        lengths = [.. counts];
        return [.. lower];
    }

    private int ParseBound()
    {
        SkipSpaces();
        if (!System.Buffers.Text.Utf8Parser.TryParse(_text[_at..], out int value, out var used))
            throw Malformed("\"[\" must introduce explicitly-specified array dimensions.");
        _at += used;
        SkipSpaces();
        return value;
    }

    private void ParseLevel(int depth)
    {
        if (depth >= ArrayValue.DimensionsMax)
            throw new SqlException(SqlState.ProgramLimitExceeded, $"number of array dimensions ({depth + 1}) exceeds the maximum allowed ({ArrayValue.DimensionsMax})");
        _at++;
        SkipSpaces();
        var count = 0;
        if (_at < _text.Length && _text[_at] == '}')
        {
            _at++;
            if (depth > 0 || _dimensions > 1)
                throw Malformed("Unexpected \"}\" character.");
            return;
        }
        _dimensions = Math.Max(_dimensions, depth + 1);
        while (true)
        {
            SkipSpaces();
            if (_at >= _text.Length)
                throw Malformed("Unexpected end of input.");
            if (_text[_at] == '{')
            {
                if (_lengths[depth] < 0 && count > 0 && _dimensions == depth + 1)
                    throw Malformed("Unexpected \"{\" character.");
                ParseLevel(depth + 1);
            }
            else
            {
                if (_dimensions != depth + 1)
                    throw Malformed($"Unexpected array element.");
                ParseElement();
            }
            count++;
            SkipSpaces();
            if (_at >= _text.Length)
                throw Malformed("Unexpected end of input.");
            if (_text[_at] == (byte)_element.Delimiter)
            {
                _at++;
                continue;
            }
            if (_text[_at] != '}')
                throw Malformed($"Unexpected array element.");
            _at++;
            break;
        }
        if (_lengths[depth] >= 0 && _lengths[depth] != count)
            throw Malformed("Multidimensional arrays must have sub-arrays with matching dimensions.");
        _lengths[depth] = count;
    }

    private void ParseElement()
    {
        var bytes = new ArrayBufferWriter<byte>();
        var quoted = false;
        if (_text[_at] == '"')
        {
            quoted = true;
            ReadQuoted(bytes);
            _elements.Add(_element.Operations.ParseText(bytes.WrittenSpan, _modifier, _settings));
            return;
        }
        var keep = 0;
        var escaped = false;
        while (_at < _text.Length && _text[_at] != (byte)_element.Delimiter && _text[_at] is not ((byte)'{' or (byte)'}'))
        {
            var b = _text[_at++];
            if (b == '"')
                throw Malformed("Unexpected array element.");
            if (b == '\\')
            {
                if (_at >= _text.Length)
                    throw Malformed("Unexpected end of input.");
                b = _text[_at++];
                escaped = true;
                bytes.Write([b]);
                keep = bytes.WrittenCount;
                continue;
            }
            bytes.Write([b]);
            if (!AsciiText.IsSpace(b))
                keep = bytes.WrittenCount;
        }
        var word = bytes.WrittenSpan[..keep];
        if (word.Length == 0)
            throw Malformed(_at < _text.Length ? $"Unexpected \"{(char)_text[_at]}\" character." : "Unexpected end of input.");
        if (!quoted && !escaped && AsciiText.EqualsIgnoreCase(word, "null"u8))
            _elements.Add(Datum.Null);
        else
            _elements.Add(_element.Operations.ParseText(word, _modifier, _settings));
    }

    private void ReadQuoted(ArrayBufferWriter<byte> bytes)
    {
        for (_at++; ; _at++)
        {
            if (_at >= _text.Length)
                throw Malformed("Unexpected end of input.");
            if (_text[_at] == '"')
                break;
            if (_text[_at] == '\\' && ++_at >= _text.Length)
                throw Malformed("Unexpected end of input.");
            bytes.Write([_text[_at]]);
        }
        _at++;
    }

    private void SkipSpaces()
    {
        while (_at < _text.Length && AsciiText.IsSpace(_text[_at]))
            _at++;
    }

    private readonly SqlException Malformed(string detail) =>
        new(SqlState.InvalidTextRepresentation, $"malformed array literal: \"{Encoding.UTF8.GetString(_text)}\"") { Detail = detail };

    public static void Format(ArrayValue array, IBufferWriter<byte> output, TypeSettings settings)
    {
        if (array.Dimensions == 0)
        {
            output.Write("{}"u8);
            return;
        }
        if (array.LowerBounds.AsSpan().ContainsAnyExcept(1))
        {
            for (var i = 0; i < array.Dimensions; i++)
                AsciiText.Write($"[{array.LowerBounds[i]}:{array.LowerBounds[i] + array.Lengths[i] - 1}]", output);
            output.Write("="u8);
        }
        var index = 0;
        FormatLevel(array, 0, ref index, output, settings);
    }

    private static void FormatLevel(ArrayValue array, int depth, ref int index, IBufferWriter<byte> output, TypeSettings settings)
    {
        output.Write("{"u8);
        for (var i = 0; i < array.Lengths[depth]; i++)
        {
            if (i > 0)
                output.Write([(byte)array.ElementType.Delimiter]);
            if (depth + 1 < array.Dimensions)
                FormatLevel(array, depth + 1, ref index, output, settings);
            else
                FormatElement(array.Elements[index++], array.ElementType, output, settings);
        }
        output.Write("}"u8);
    }

    private static void FormatElement(Datum element, SqlType type, IBufferWriter<byte> output, TypeSettings settings)
    {
        if (element.IsNull)
        {
            output.Write("NULL"u8);
            return;
        }
        var buffer = new ArrayBufferWriter<byte>();
        type.Operations.FormatText(element, buffer, settings);
        var text = buffer.WrittenSpan;
        if (!NeedsQuotes(text, (byte)type.Delimiter))
        {
            output.Write(text);
            return;
        }
        output.Write("\""u8);
        foreach (var b in text)
        {
            if (b is (byte)'"' or (byte)'\\')
                output.Write("\\"u8);
            output.Write([b]);
        }
        output.Write("\""u8);
    }

    private static bool NeedsQuotes(ReadOnlySpan<byte> text, byte delimiter)
    {
        if (text.Length == 0 || AsciiText.EqualsIgnoreCase(text, "null"u8))
            return true;
        foreach (var b in text)
        {
            if (b is (byte)'"' or (byte)'\\' or (byte)'{' or (byte)'}' || b == delimiter || AsciiText.IsSpace(b))
                return true;
        }
        return false;
    }
}
