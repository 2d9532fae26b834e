using TorchSharp;

namespace KpGrpc.InferenceServer.Models.Tagging.Network;

/// <summary>Sequences side by side, filled up to the longest of them. Lives in the dispose scope in which it was made.</summary>
/// <param name="Ids">[batch, length] int64</param>
/// <param name="Bias">[batch, 1, 1, length] float32: 0 where a token is, −∞ where the row is filled up; null where no row is.</param>
internal readonly record struct TokenBatch(torch.Tensor Ids, torch.Tensor? Bias)
{
    /// <summary>Makes a batch.</summary>
    /// <param name="sequences">Token ids; at least one sequence, none empty.</param>
    /// <param name="pad">Id of the token that fills up.</param>
    /// <param name="device">Where the tensors live.</param>
    /// <param name="lengthMin">The batch is at least this long.</param>
    public static TokenBatch Of(IReadOnlyList<int[]> sequences, int pad, torch.Device device, int lengthMin = 0)
    {
        var length = Math.Max(lengthMin, sequences.Max(sequence => sequence.Length));
        var ids = new long[sequences.Count * length];
        var bias = new float[ids.Length];
        Array.Fill(ids, pad);
        var filled = false;
        for (var row = 0; row < sequences.Count; row++)
        {
            var sequence = sequences[row];
            for (var at = 0; at < sequence.Length; at++)
            {
                ids[(row * length) + at] = sequence[at];
            }

            bias.AsSpan((row * length) + sequence.Length, length - sequence.Length).Fill(float.NegativeInfinity);
            filled |= sequence.Length < length;
        }

        return new TokenBatch(
            torch.tensor(ids, sequences.Count, length, device: device),
            filled ? torch.tensor(bias, sequences.Count, 1, 1, length, device: device) : null);
    }
}
