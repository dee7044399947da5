using System.Collections.Concurrent;

namespace Dadbs.Sql.Shapes;

/// <summary>Shapes of texts that came lately. Whether one comes from here or is made anew is never noticed, only timed.</summary>
internal sealed class ShapeCache
{
    private const int ShapesMax = 2048;

    private readonly ConcurrentDictionary<string, StatementShape> _shapes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StatementShape>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    public ShapeCache() => _bySpan = _shapes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The statement at this place of a text with its literals lifted; null if there is nothing to lift, or it is no SQL.</summary>
    public LiftedText? Read(string text, int start, int length)
    {
        (start, length) = ShapeScanner.Trim(text, start, length);
        if (length > ShapeScanner.TextLengthMax) return null;
        Span<char> shape = length <= 512 ? stackalloc char[512] : new char[length];
        Span<LiteralToken> literals = stackalloc LiteralToken[ShapeScanner.LiteralsMax];
        ReadOnlySpan<char> statement = text.AsSpan(start, length);
        ShapeScanner scanner = new(statement, shape, literals);
        if (!scanner.Scan()) return null;
        if (!_bySpan.TryGetValue(scanner.Shape, out StatementShape? known))
        {
            known = StatementShape.Of(statement.ToString(), scanner.Literals.ToArray());
            if (_shapes.Count >= ShapesMax) _shapes.Clear();
            _bySpan.TryAdd(scanner.Shape, known);
        }

        if (known.Syntax is null) return null;
        LiftedText lifted = new(known, text, start, length, scanner.Literals.ToArray());
        return lifted.NamesClock() ? null : lifted;
    }
}
