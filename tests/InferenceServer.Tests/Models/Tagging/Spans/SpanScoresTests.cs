using KpGrpc.InferenceServer.Models.Tagging.Spans;

namespace KpGrpc.InferenceServer.Tests.Models.Tagging.Spans;

public sealed class SpanScoresTests
{
    /// <summary>The example of seqeval's README: MISC is found one token too long, PER is right.</summary>
    [Fact]
    public void Scores_SeqevalsExample_AreAsItPrintsThem()
    {
        var scores = new SpanScores();
        scores.Add([new Span(3, 6, "MISC")], [new Span(2, 6, "MISC")]);
        scores.Add([new Span(0, 2, "PER")], [new Span(0, 2, "PER")]);

        Assert.Equal([new LabelScore("MISC", 0, 0, 0, 1), new LabelScore("PER", 1, 1, 1, 1)], scores.Labels);
        Assert.Equal(new LabelScore("micro avg", 0.5, 0.5, 0.5, 2), scores.Micro);
        Assert.Equal(new LabelScore("macro avg", 0.5, 0.5, 0.5, 2), scores.Macro);
        Assert.Equal(new LabelScore("weighted avg", 0.5, 0.5, 0.5, 2), scores.Weighted);
    }

    [Fact]
    public void Scores_LabelFoundButNeverThere_CountsInTheMacroMean()
    {
        var scores = new SpanScores();
        scores.Add([new Span(0, 1, "a"), new Span(0, 1, "a")], [new Span(0, 1, "a"), new Span(1, 2, "b")]);

        Assert.Equal(0.5, scores.Macro.F1);
        Assert.Equal((0.5, 1.0), (scores.Micro.Precision, scores.Micro.Recall));
    }

    [Fact]
    public void Scores_Nothing_AreZero() => Assert.Equal(new LabelScore("macro avg", 0, 0, 0, 0), new SpanScores().Macro);
}
