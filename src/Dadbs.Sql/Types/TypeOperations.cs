using System.Buffers;
using Dadbs.Storage;

namespace Dadbs.Sql.Types;

/// <summary>
/// What the engine can do with the values of one type. No method is called with NULL. All results are functions of the arguments alone
/// (no culture, clock or machine), and equal values hash equal and encode to equal keys.
/// </summary>
public abstract class TypeOperations
{
    /// <summary>The input function. SQLSTATE 22P02, 22003, 22007, 22008 or 22001 with PostgreSQL's text for what it refuses.</summary>
    public abstract Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings);

    /// <summary>The output function: UTF-8 text.</summary>
    public abstract void FormatText(Datum value, IBufferWriter<byte> output, TypeSettings settings);

    /// <summary>The receive function: the wire's binary format (22P03 for malformed bytes).</summary>
    public abstract Datum ReadBinary(ReadOnlySpan<byte> bytes, int modifier);

    /// <summary>The send function.</summary>
    public abstract void WriteBinary(Datum value, IBufferWriter<byte> output);

    /// <summary>The default btree order: negative, zero, positive.</summary>
    public abstract int Compare(Datum left, Datum right);

    /// <summary>Equality under the default btree operator class.</summary>
    public virtual bool AreEqual(Datum left, Datum right) => Compare(left, right) == 0;

    /// <summary>A hash that is the same on every node and in every process; equal values hash equal.</summary>
    public abstract ulong Hash(Datum value);

    /// <summary>False for types without a btree operator class (json, xid …): they cannot be sorted or indexed (42883).</summary>
    public virtual bool IsOrderable => true;

    /// <summary>Whether equality and hash suffice to group, join and unite values: xid and cid have a hash operator class alone.</summary>
    public virtual bool IsHashable => IsOrderable;

    /// <summary>False where equal values may look different (numeric 1.0 and 1.00, -0 and 0, padded char): the key does not tell the value.</summary>
    public virtual bool KeyTellsValue => true;

    /// <summary>Length coercion to a modifier: rounds, pads, truncates or refuses (22001, 22003). An explicit cast truncates where an assignment refuses.</summary>
    public virtual Datum ApplyModifier(Datum value, int modifier, bool explicitCast) => value;

    /// <summary>Appends the order-preserving, self-delimiting key form; memcmp order of keys is <see cref="Compare"/>'s.</summary>
    public abstract void EncodeKey(Datum value, ref KeyWriter writer);

    /// <summary>The compact storage form. Its length is kept by the row.</summary>
    public abstract void EncodeRow(Datum value, IBufferWriter<byte> output);

    /// <summary>Reads the storage form; text and bytea stay in the given buffer without a copy.</summary>
    public abstract Datum DecodeRow(byte[] buffer, int offset, int length);

    /// <summary>The modifier for a declaration's arguments, as <c>(10, 2)</c> of <c>numeric(10,2)</c>; 42601 where the type takes none, 22023 for a bad value.</summary>
    public virtual int EncodeModifier(SqlType type, ReadOnlySpan<int> arguments) =>
        throw new SqlException(SqlState.SyntaxError, $"type modifier is not allowed for type \"{type.Name}\"");

    /// <summary>What format_type() prints after the name: <c>(10,2)</c>, or nothing.</summary>
    public virtual string FormatModifier(int modifier) => "";
}
