namespace KpGrpc.InferenceServer.Models.Tagging.Crf;

/// <summary>What a CRF learned, ready for decoding.</summary>
/// <param name="Start">[tags]: score of beginning with a tag.</param>
/// <param name="Between">[from, to]: score of a tag after another, row by row.</param>
/// <param name="End">[tags]: score of ending with a tag.</param>
internal sealed record TransitionScores(float[] Start, float[] Between, float[] End)
{
    /// <summary>No preference.</summary>
    public static TransitionScores Zero(int tags) => new(new float[tags], new float[tags * tags], new float[tags]);
}
