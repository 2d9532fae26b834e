using System.Diagnostics;

using NSec.Cryptography;

namespace KpGrpc.LoadTest.Peers;

/// <summary>
/// The limit that signed commands cannot pass on a machine: Ed25519 signatures made and verified by libsodium, on every
/// core and with nothing else to do. Machines differ by a third here, so purchases stand beside it in the same run.
/// </summary>
internal static class SignatureLimit
{
    /// <summary>Its name in the results.</summary>
    public const string Name = "ed25519.sign-and-verify";

    private const int MessageBytes = 256; // about the payload of a purchase

    /// <summary>Measures for a time on as many threads as there are cores.</summary>
    /// <param name="length">How long.</param>
    /// <returns>Signatures made and verified a second, all cores together.</returns>
    public static async Task<double> MeasureAsync(TimeSpan length)
    {
        var done = await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount)
            .Select(_ => Task.Factory.StartNew(() => PerSecond(length), TaskCreationOptions.LongRunning)));
        return done.Sum();
    }

    private static double PerSecond(TimeSpan length)
    {
        using var key = new Key(SignatureAlgorithm.Ed25519);
        var message = new byte[MessageBytes];
        var (count, clock) = (0L, Stopwatch.StartNew());
        while (clock.Elapsed < length)
        {
            var signature = SignatureAlgorithm.Ed25519.Sign(key, message);
            count += SignatureAlgorithm.Ed25519.Verify(key.PublicKey, message, signature) ? 1 : 0;
        }

        return count / clock.Elapsed.TotalSeconds;
    }
}
