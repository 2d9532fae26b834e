using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace KpGrpc.Demo.Data;

/// <summary>
/// Gives each work a price out of a real price distribution: the inverse of its empirical distribution function at the
/// quantile that the first 8 bytes of SHA-256(work id), big-endian, divided by 2^64 name. So the catalogue as a whole
/// has the distribution's prices, and a work keeps its price for ever.
/// </summary>
internal sealed class PriceRule
{
    private const int CentsPerDollar = 100;

    private readonly long[] sortedCents;

    /// <summary>Takes the observed prices.</summary>
    /// <param name="dollars">Observed prices in whole US dollars, at least one, in any order.</param>
    public PriceRule(IEnumerable<int> dollars)
    {
        sortedCents = [.. dollars.Select(price => (long)price * CentsPerDollar).Order()];
        ArgumentOutOfRangeException.ThrowIfZero(sortedCents.Length, nameof(dollars));
    }

    /// <summary>The price of a work in US cents.</summary>
    public long CentsOf(string workId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(workId), hash);
        var quantile = BinaryPrimitives.ReadUInt64BigEndian(hash);
        // floor(quantile / 2^64 * count), exactly: the high half of a 128-bit product.
        return sortedCents[(int)Math.BigMul(quantile, (ulong)sortedCents.Length, out _)];
    }
}
