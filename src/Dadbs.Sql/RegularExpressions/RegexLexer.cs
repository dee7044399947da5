namespace Dadbs.Sql.RegularExpressions;

/// <summary>
/// Cuts a pattern into tokens: director prefixes, embedded options and escapes of PostgreSQL manual 9.7.3; advanced, extended and basic
/// syntax. One token ahead; the context (braces, brackets) changes what characters mean. Long because three syntaxes share one table of escapes.
/// </summary>
internal sealed class RegexLexer
{
    private readonly int[] _pattern;
    private int _at;
    private Context _context;
    private RegexToken _last;

    public RegexLexer(int[] pattern, RegexOptions options)
    {
        _pattern = pattern;
        Options = options;
        ReadPrefixes();
        _context = Has(RegexOptions.Quote) ? Context.Quote : Outside;
        Next();
    }

    private enum Context
    {
        Advanced,
        Basic,
        Quote,
        Braces,
        BasicBraces,
        Bracket,
        CollatingElement,
        EquivalenceClass,
        NamedClass,
    }

    public RegexOptions Options { get; private set; }

    public RegexToken Token { get; private set; }

    public int Value { get; private set; }

    /// <summary>Capturing groups begun so far: it decides whether \12 is a reference.</summary>
    public int GroupCount { get; set; }

    private Context Outside => Has(RegexOptions.Extended) ? Context.Advanced : Context.Basic;

    private bool AtEnd => _at >= _pattern.Length;

    private bool Has(RegexOptions option) => (Options & option) == option && option != 0;

    private bool IsNext(int code) => _at < _pattern.Length && _pattern[_at] == code;

    private bool IsNext(int first, int second) => IsNext(first) && _at + 1 < _pattern.Length && _pattern[_at + 1] == second;

    public void Next()
    {
        _last = Token;
        Token = RegexToken.None;
        if (_context is Context.Advanced or Context.Basic or Context.Braces or Context.BasicBraces)
            SkipExpanded();
        while (Scan()) { }
    }

    /// <summary>True: that was a comment, go on.</summary>
    private bool Scan()
    {
        if (AtEnd)
        {
            Return(_context switch
            {
                Context.Advanced or Context.Basic or Context.Quote => RegexToken.End,
                Context.Braces or Context.BasicBraces => throw RegexError.Of(RegexError.Braces),
                _ => throw RegexError.Of(RegexError.Brackets),
            });
            return false;
        }
        var c = _pattern[_at++];
        switch (_context)
        {
            case Context.Quote:
                Return(RegexToken.Plain, c);
                return false;
            case Context.Basic:
                ScanBasic(c);
                return false;
            case Context.Braces or Context.BasicBraces:
                ScanBraces(c);
                return false;
            case Context.Bracket:
                ScanBracket(c);
                return false;
            case Context.CollatingElement:
                ScanName(c, '.');
                return false;
            case Context.EquivalenceClass:
                ScanName(c, '=');
                return false;
            case Context.NamedClass:
                ScanName(c, ':');
                return false;
            default:
                return ScanAdvanced(c);
        }
    }

    private void Return(RegexToken token, int value = 1)
    {
        Token = token;
        Value = value;
    }

    private void ScanBraces(int c)
    {
        if (IsDigit(c))
        {
            Return(RegexToken.Digit, c - '0');
        }
        else if (c == ',')
        {
            Return(RegexToken.Comma);
        }
        else if (c == '}' && _context == Context.Braces)
        {
            _context = Context.Advanced;
            Return(RegexToken.CloseBrace, Greediness());
        }
        else if (c == '\\' && _context == Context.BasicBraces && IsNext('}'))
        {
            _at++;
            _context = Context.Basic;
            Return(RegexToken.CloseBrace);
        }
        else
        {
            throw RegexError.Of(RegexError.RepetitionCount);
        }
    }

    private void ScanBracket(int c)
    {
        switch (c)
        {
            case '\\' when Has(RegexOptions.AdvancedFeatures):
                if (AtEnd)
                    throw RegexError.Of(RegexError.Escape);
                ScanEscape();
                if (Token is not (RegexToken.Plain or RegexToken.Shorthand or RegexToken.NegatedShorthand))
                    throw RegexError.Of(RegexError.Escape);
                break;
            case '-' when _last != RegexToken.OpenBracket && !IsNext(']'):
                Return(RegexToken.Range, c);
                break;
            case ']' when _last != RegexToken.OpenBracket:
                _context = Outside;
                Return(RegexToken.CloseBracket);
                break;
            case '[':
                if (AtEnd)
                    throw RegexError.Of(RegexError.Brackets);
                (_context, var token) = _pattern[_at++] switch
                {
                    '.' => (Context.CollatingElement, RegexToken.CollatingElement),
                    '=' => (Context.EquivalenceClass, RegexToken.EquivalenceClass),
                    ':' => (Context.NamedClass, RegexToken.NamedClass),
                    _ => (Context.Bracket, RegexToken.Plain),
                };
                if (token == RegexToken.Plain)
                    _at--;
                Return(token, c);
                break;
            default:
                Return(RegexToken.Plain, c);
                break;
        }
    }

    private void ScanName(int c, int delimiter)
    {
        if (c == delimiter && IsNext(']'))
        {
            _at++;
            _context = Context.Bracket;
            Return(RegexToken.NameEnd, c);
        }
        else
        {
            Return(RegexToken.Plain, c);
        }
    }

    private int Greediness()
    {
        if (!Has(RegexOptions.AdvancedFeatures) || !IsNext('?'))
            return 1;
        _at++;
        return 0;
    }

    private bool ScanAdvanced(int c)
    {
        switch (c)
        {
            case '|':
                Return(RegexToken.Bar);
                break;
            case '*':
                Return(RegexToken.Star, Greediness());
                break;
            case '+':
                Return(RegexToken.Plus, Greediness());
                break;
            case '?':
                Return(RegexToken.Question, Greediness());
                break;
            case '{':
                SkipExpanded();
                if (AtEnd || !IsDigit(_pattern[_at]))
                {
                    Return(RegexToken.Plain, c);
                    break;
                }
                _context = Context.Braces;
                Return(RegexToken.OpenBrace);
                break;
            case '(':
                if (!Has(RegexOptions.AdvancedFeatures) || !IsNext('?'))
                {
                    Return(RegexToken.OpenGroup);
                    break;
                }
                _at++;
                return ScanSpecialGroup();
            case ')':
                Return(RegexToken.CloseGroup, c);
                break;
            case '[':
                OpenBracket();
                break;
            case '.':
                Return(RegexToken.Dot);
                break;
            case '^':
                Return(RegexToken.Caret);
                break;
            case '$':
                Return(RegexToken.Dollar);
                break;
            case '\\':
                if (AtEnd)
                    throw RegexError.Of(RegexError.Escape);
                if (Has(RegexOptions.AdvancedFeatures))
                    ScanEscape();
                else
                    Return(RegexToken.Plain, _pattern[_at++]);
                break;
            default:
                Return(RegexToken.Plain, c);
                break;
        }
        return false;
    }

    /// <summary>After (?: a comment, a group that does not capture, or a lookaround (value: 1 behind, 2 negative).</summary>
    private bool ScanSpecialGroup()
    {
        switch (AtEnd ? -1 : _pattern[_at++])
        {
            case ':':
                Return(RegexToken.OpenGroup, 0);
                return false;
            case '#':
                while (!AtEnd && _pattern[_at] != ')')
                    _at++;
                if (!AtEnd)
                    _at++;
                SkipExpanded();
                return true;
            case '=':
                Return(RegexToken.Lookaround, 0);
                return false;
            case '!':
                Return(RegexToken.Lookaround, 2);
                return false;
            case '<' when IsNext('='):
                _at++;
                Return(RegexToken.Lookaround, 1);
                return false;
            case '<' when IsNext('!'):
                _at++;
                Return(RegexToken.Lookaround, 3);
                return false;
            default:
                throw RegexError.Of(RegexError.Quantifier);
        }
    }

    private void OpenBracket()
    {
        if (_pattern.Length - _at >= 6 && _pattern[_at] == '[' && _pattern[_at + 1] == ':' && _pattern[_at + 2] is '<' or '>' &&
            _pattern[_at + 3] == ':' && _pattern[_at + 4] == ']' && _pattern[_at + 5] == ']')
        {
            Return(_pattern[_at + 2] == '<' ? RegexToken.WordStart : RegexToken.WordEnd);
            _at += 6;
            return;
        }
        _context = Context.Bracket;
        var negated = IsNext('^');
        if (negated)
            _at++;
        Return(RegexToken.OpenBracket, negated ? 0 : 1);
    }

    private void ScanBasic(int c)
    {
        switch (c)
        {
            case '*' when _last is not (RegexToken.None or RegexToken.OpenGroup or RegexToken.Bar):
                Return(RegexToken.Star);
                return;
            case '[':
                OpenBracket();
                return;
            case '.':
                Return(RegexToken.Dot);
                return;
            case '^' when _last is RegexToken.None or RegexToken.OpenGroup:
                Return(RegexToken.Caret);
                return;
            case '$':
                SkipExpanded();
                if (AtEnd || IsNext('\\', ')'))
                    Return(RegexToken.Dollar);
                else
                    Return(RegexToken.Plain, c);
                return;
            case '\\':
                break;
            default:
                Return(RegexToken.Plain, c);
                return;
        }
        if (AtEnd)
            throw RegexError.Of(RegexError.Escape);
        c = _pattern[_at++];
        switch (c)
        {
            case '{':
                _context = Context.BasicBraces;
                Return(RegexToken.OpenBrace);
                break;
            case '(':
                Return(RegexToken.OpenGroup);
                break;
            case ')':
                Return(RegexToken.CloseGroup, c);
                break;
            case '<':
                Return(RegexToken.WordStart);
                break;
            case '>':
                Return(RegexToken.WordEnd);
                break;
            case >= '1' and <= '9':
                Return(RegexToken.BackReference, c - '0');
                break;
            default:
                Return(RegexToken.Plain, c);
                break;
        }
    }

    private void ScanEscape()
    {
        var c = _pattern[_at++];
        switch (c)
        {
            case 'a': Return(RegexToken.Plain, 7); break;
            case 'A': Return(RegexToken.TextStart); break;
            case 'b': Return(RegexToken.Plain, 8); break;
            case 'B': Return(RegexToken.Plain, '\\'); break;
            case 'c':
                if (AtEnd)
                    throw RegexError.Of(RegexError.Escape);
                Return(RegexToken.Plain, _pattern[_at++] & 31);
                break;
            case 'd' or 's' or 'w': Return(RegexToken.Shorthand, c); break;
            case 'D' or 'S' or 'W': Return(RegexToken.NegatedShorthand, c | 32); break;
            case 'e': Return(RegexToken.Plain, 27); break;
            case 'f': Return(RegexToken.Plain, 12); break;
            case 'm': Return(RegexToken.WordStart); break;
            case 'M': Return(RegexToken.WordEnd); break;
            case 'n': Return(RegexToken.Plain, 10); break;
            case 'r': Return(RegexToken.Plain, 13); break;
            case 't': Return(RegexToken.Plain, 9); break;
            case 'u': Return(RegexToken.Plain, Digits(16, 4, 4)); break;
            case 'U': Return(RegexToken.Plain, Digits(16, 8, 8)); break;
            case 'v': Return(RegexToken.Plain, 11); break;
            case 'x': Return(RegexToken.Plain, Digits(16, 1, 255)); break;
            case 'y': Return(RegexToken.WordBoundary); break;
            case 'Y': Return(RegexToken.NotWordBoundary); break;
            case 'Z': Return(RegexToken.TextEnd); break;
            case >= '0' and <= '9': ScanNumber(c); break;
            case (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'): throw RegexError.Of(RegexError.Escape);
            default: Return(RegexToken.Plain, c); break;
        }
    }

    /// <summary>\1: a reference always; \12: one if there are so many groups before it, else octal, as \012.</summary>
    private void ScanNumber(int c)
    {
        var after = _at;
        _at--;
        if (c != '0')
        {
            var number = Digits(10, 1, 255);
            if (_at == after || number > 0 && number <= GroupCount)
            {
                Return(RegexToken.BackReference, number);
                return;
            }
            _at = after - 1;
            if (c >= '8')
            {
                _at = after;
                throw RegexError.Of(RegexError.Escape);
            }
        }
        var octal = Digits(8, 1, 3);
        if (octal > 255)
        {
            _at--;
            octal >>= 3;
        }
        Return(RegexToken.Plain, octal);
    }

    private int Digits(int radix, int lengthMin, int lengthMax)
    {
        long value = 0;
        var count = 0;
        for (; count < lengthMax && !AtEnd; count++, _at++)
        {
            var digit = _pattern[_at] switch
            {
                >= '0' and <= '9' => _pattern[_at] - '0',
                >= 'a' and <= 'f' => _pattern[_at] - 'a' + 10,
                >= 'A' and <= 'F' => _pattern[_at] - 'A' + 10,
                _ => radix,
            };
            if (digit >= radix)
                break;
            value = Math.Min(value * radix + digit, long.MaxValue / 32);
        }
        return count < lengthMin || value > CharacterSet.CodeMax ? throw RegexError.Of(RegexError.Escape) : (int)value;
    }

    /// <summary>***: advanced, ***= literal; then (?letters).</summary>
    private void ReadPrefixes()
    {
        if (Has(RegexOptions.Quote))
            return;
        if (_pattern.Length >= 4 && IsNext('*', '*') && _pattern[2] == '*')
        {
            switch (_pattern[3])
            {
                case '?':
                    throw RegexError.Of(RegexError.Pattern);
                case '=':
                    Options = Options & ~(RegexOptions.Advanced | RegexOptions.Expanded | RegexOptions.Newline) | RegexOptions.Quote;
                    _at = 4;
                    return;
                case ':':
                    Options |= RegexOptions.Advanced;
                    _at = 4;
                    break;
                default:
                    throw RegexError.Of(RegexError.Quantifier);
            }
        }
        if (!Has(RegexOptions.Advanced) || !IsNext('(', '?') || _at + 2 >= _pattern.Length || !IsLetter(_pattern[_at + 2]))
            return;
        for (_at += 2; !AtEnd && IsLetter(_pattern[_at]); _at++)
        {
            if (!TrySwitch(_pattern[_at], out var options))
                throw RegexError.Of(RegexError.EmbeddedOption);
            Options = options;
        }
        if (!IsNext(')'))
            throw RegexError.Of(RegexError.EmbeddedOption);
        _at++;
        if (Has(RegexOptions.Quote))
            Options &= ~(RegexOptions.Expanded | RegexOptions.Newline);
    }

    private bool TrySwitch(int letter, out RegexOptions options) => RegexOptionLetters.TryApply(letter, Options, out options);

    private void SkipExpanded()
    {
        if (!Has(RegexOptions.Expanded))
            return;
        while (!AtEnd)
        {
            if (CharacterClasses.Space.Contains(_pattern[_at]))
            {
                _at++;
            }
            else if (_pattern[_at] == '#')
            {
                while (!AtEnd && _pattern[_at] != '\n')
                    _at++;
            }
            else
            {
                return;
            }
        }
    }

    private static bool IsDigit(int c) => c is >= '0' and <= '9';

    private static bool IsLetter(int c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
