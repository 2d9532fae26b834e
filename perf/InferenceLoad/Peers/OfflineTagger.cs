using KpGrpc.InferenceServer.Models.Tagging;
using KpGrpc.InferenceServer.Models.Tagging.Checkpoints;
using KpGrpc.InferenceServer.Models.Tagging.Tokens;
using TorchSharp;

namespace KpGrpc.InferenceLoad.Peers;

/// <summary>The same network on the same libtorch in this process, without a server: what one could do by hand.</summary>
/// <param name="checkpoint">The checkpoint.</param>
/// <param name="texts">Texts to tag.</param>
/// <param name="time">Clock of high resolution.</param>
internal sealed class OfflineTagger(string checkpoint, IReadOnlyList<string> texts, TimeProvider time) : IDisposable
{
    private const int PaddedLength = 128;
    private const int FullBatch = 64;

    private readonly TaggerRunner runner = new(TaggerFolder.Read(checkpoint, torch.CPU));

    /// <summary>Texts a second, each padded to 128 tokens.</summary>
    /// <param name="together">Texts of a call.</param>
    /// <param name="length">How long to measure.</param>
    public double Padded(int together, TimeSpan length)
    {
        var pad = runner.Model.Tokenizer.Vocabulary.Pad;
        var rows = texts.Select(runner.Model.Tokenizer.Tokenize).Select(text =>
        {
            var ids = new int[PaddedLength];
            Array.Fill(ids, pad);
            text.Ids.CopyTo(ids, 0);
            return ids;
        }).Chunk(together).ToList();
        return PerSecond(rows, batch => runner.Logits(batch), length);
    }

    /// <summary>Texts a second in full batches of like length, which is as fast as this network goes here.</summary>
    public double Full(TimeSpan length)
    {
        var batches = texts.Select(runner.Model.Tokenizer.Tokenize).OrderBy(text => text.Length).Chunk(FullBatch).ToList();
        return PerSecond<TokenizedText>(batches, batch => runner.Run(batch), length);
    }

    /// <inheritdoc />
    public void Dispose() => runner.Dispose();

    private double PerSecond<T>(List<T[]> batches, Func<T[], object> run, TimeSpan length)
    {
        foreach (var batch in batches.Take(4))
        {
            run(batch); // warm
        }

        // Long and short texts alike: batches in an order that does not follow their length.
        var (done, at, start) = (0L, 0, time.GetTimestamp());
        while (time.GetElapsedTime(start) < length)
        {
            var batch = batches[(int)(at++ * 7919L % batches.Count)];
            run(batch);
            done += batch.Length;
        }

        return done / time.GetElapsedTime(start).TotalSeconds;
    }
}
