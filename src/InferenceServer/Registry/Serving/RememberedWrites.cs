using System.Security.Cryptography;

namespace KpGrpc.InferenceServer.Registry.Serving;

/// <summary>
/// Answers of commands by idempotency key, the newest ones, until the process ends: repeating a command gives its first
/// answer, also while it still runs. One that was not done is forgotten, so that it can be tried again. Safe from any thread.
/// </summary>
/// <param name="max">Keys that are remembered.</param>
internal sealed class RememberedWrites(int max)
{
    private readonly Lock gate = new();
    private readonly Dictionary<UInt128, (byte[] Digest, Task<RegistryOutcome> Answer)> answers = [];
    private readonly Queue<UInt128> oldestFirst = new();

    /// <summary>Runs a command once.</summary>
    /// <param name="key">16 bytes.</param>
    /// <param name="body">The command without its key, in a form that is the same whenever the command is.</param>
    /// <param name="command">Does it; not called where the key is known.</param>
    /// <returns>Null where the key stands for another command.</returns>
    public async Task<RegistryOutcome?> OnceAsync(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> body, Func<Task<RegistryOutcome>> command)
    {
        var number = new UInt128(BitConverter.ToUInt64(key.Span), BitConverter.ToUInt64(key.Span[8..]));
        var digest = SHA256.HashData(body.Span);
        Task<RegistryOutcome> answer;
        lock (gate)
        {
            if (answers.TryGetValue(number, out var known))
            {
                if (!known.Digest.AsSpan().SequenceEqual(digest))
                {
                    return null;
                }

                answer = known.Answer;
            }
            else
            {
                answer = command();
                Remember(number, digest, answer);
            }
        }

        try
        {
            var outcome = await answer;
            if (outcome.Rejection != RegistryRejection.None)
            {
                Forget(number, answer);
            }

            return outcome;
        }
        catch
        {
            Forget(number, answer);
            throw;
        }
    }

    private void Remember(UInt128 number, byte[] digest, Task<RegistryOutcome> answer)
    {
        answers.Add(number, (digest, answer));
        oldestFirst.Enqueue(number);
        if (oldestFirst.Count > max)
        {
            answers.Remove(oldestFirst.Dequeue());
        }
    }

    private void Forget(UInt128 number, Task<RegistryOutcome> answer)
    {
        lock (gate)
        {
            if (answers.TryGetValue(number, out var known) && known.Answer == answer)
            {
                answers.Remove(number);
            }
        }
    }
}
