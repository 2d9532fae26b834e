using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace KpGrpc.Gateway.Security;

/// <summary>
/// What stands for a learner where her id must not: on the ledger, and in cache keys. HMAC-SHA-256 under the
/// Gateway's secret, so that nobody without it can go back, or forward by trying ids. Safe from any thread.
/// </summary>
/// <param name="secret">32 bytes or more.</param>
internal sealed class Pseudonyms(byte[] secret)
{
    private const int KeyBytes = 16;

    /// <summary>The learner's name on a ledger: 64 lower-case hexadecimal characters. Another ledger gives another one, so that nobody can join the two.</summary>
    public string OnLedger(string ledgerId, string learnerId) => Convert.ToHexStringLower(Mac("ledger", ledgerId, learnerId));

    /// <summary>The learner's name in cache keys.</summary>
    public string InCache(string learnerId) => Convert.ToHexStringLower(Mac("cache", learnerId));

    /// <summary>
    /// A 16-byte id for something that a learner's write brings about. The same write gives the same id on every retry,
    /// and two learners who happen to send the same idempotency key never meet.
    /// </summary>
    /// <param name="purpose">What the id is for, such as <c>purchase</c>.</param>
    /// <param name="pseudonym">The learner, as <see cref="OnLedger"/> names her.</param>
    /// <param name="idempotencyKey">Her key, 16 bytes.</param>
    public static byte[] DerivedKey(string purpose, string pseudonym, ReadOnlySpan<byte> idempotencyKey)
    {
        var text = Encoding.ASCII.GetBytes($"kpgrpc.gateway.{purpose}\n{pseudonym}\n");
        return SHA256.HashData([.. text, .. idempotencyKey])[..KeyBytes];
    }

    // A length before each part keeps ("a", "bc") and ("ab", "c") apart.
    private byte[] Mac(params string[] parts)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }
}
