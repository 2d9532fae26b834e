namespace KpGrpc.InferenceServer.Models.Sequence.Serving;

/// <summary>One model in memory that several instances read; it goes with the last of them.</summary>
/// <param name="model">Owned from here on.</param>
/// <param name="instances">How many will return it.</param>
internal sealed class SharedSequenceModel(SequenceModel model, int instances)
{
    private int left = instances;

    /// <summary>The model.</summary>
    public SequenceModel Model => model;

    /// <summary>An instance has ended.</summary>
    public void Return()
    {
        if (Interlocked.Decrement(ref left) == 0)
        {
            model.Dispose();
        }
    }
}
