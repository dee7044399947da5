using System.Numerics;

namespace Dadbs.Consensus;

/// <summary>A set of validators as a bitmap. A value of its own: adding changes only this instance.</summary>
internal sealed class SignerSet(int validators)
{
    private readonly ulong[] _bits = new ulong[(validators + 63) / 64];

    public int Count { get; private set; }

    public bool Contains(ValidatorId validator) => (_bits[validator.Value / 64] & (1UL << (validator.Value % 64))) != 0;

    public bool Add(ValidatorId validator)
    {
        if (Contains(validator))
            return false;
        _bits[validator.Value / 64] |= 1UL << (validator.Value % 64);
        Count++;
        return true;
    }

    /// <summary>True when it grew.</summary>
    public bool UnionWith(SignerSet other)
    {
        int before = Count;
        Count = 0;
        for (int i = 0; i < _bits.Length; i++)
        {
            _bits[i] |= other._bits[i];
            Count += BitOperations.PopCount(_bits[i]);
        }
        return Count > before;
    }
}
