namespace KpGrpc.InferenceServer.Models.Tagging.Crf;

/// <summary>Gradients of a loss with respect to a CRF's scores.</summary>
/// <param name="tags">How many tags there are.</param>
internal sealed class ChainGradients(int tags)
{
    /// <summary>[tags]</summary>
    public float[] Start { get; } = new float[tags];

    /// <summary>[from, to], row by row</summary>
    public float[] Between { get; } = new float[tags * tags];

    /// <summary>[tags]</summary>
    public float[] End { get; } = new float[tags];
}
