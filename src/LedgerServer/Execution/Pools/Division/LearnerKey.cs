using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Pools.Division;

/// <summary>
/// A learner's pseudonym as its 32 bytes: a fifth of the memory of its text, of which a pool may hold a million. Hashed over
/// all bytes with the process' random seed, because members choose pseudonyms; no result depends on that order.
/// </summary>
/// <param name="Value">The bytes that the 64 hexadecimal characters show.</param>
internal readonly record struct LearnerKey(Hash256 Value) : IComparable<LearnerKey>
{
    /// <summary>Reads a well-formed pseudonym.</summary>
    /// <exception cref="FormatException">It is not 64 hexadecimal digits.</exception>
    public static LearnerKey Of(string pseudonym) => new(Hash256.FromHex(pseudonym));

    /// <summary>Orders by bytes, which is the order of the pseudonyms' text.</summary>
    public int CompareTo(LearnerKey other) => Value.AsSpan().SequenceCompareTo(other.Value.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Value.AsSpan());
        return hash.ToHashCode();
    }

    /// <summary>The pseudonym.</summary>
    public override string ToString() => Value.ToHex();
}
