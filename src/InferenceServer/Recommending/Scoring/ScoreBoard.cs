using System.Buffers;
using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Recommending.Content;

namespace KpGrpc.InferenceServer.Recommending.Scoring;

/// <summary>The whole catalogue scored for one request. Its array goes back to the pool with it.</summary>
internal sealed class ScoreBoard : IDisposable
{
    private readonly float[] scores;

    /// <summary>A board of zeros.</summary>
    public ScoreBoard(WorkTable table, IWorkScorer scorer, ContentState content)
    {
        (Table, Scorer, Content) = (table, scorer, content);
        scores = ArrayPool<float>.Shared.Rent(Math.Max(1, table.Count));
        Scores.Clear();
    }

    /// <summary>The catalogue version that rows belong to.</summary>
    public WorkTable Table { get; }

    /// <summary>The model that was asked.</summary>
    public IWorkScorer Scorer { get; }

    /// <summary>The content that cold works and cold learners are scored by.</summary>
    public ContentState Content { get; }

    /// <summary>True when the model had nothing to say and all scores are the content's.</summary>
    public bool IsByContent { get; set; }

    /// <summary>Score a row: above 0 where something speaks for the work, else 0.</summary>
    public Span<float> Scores => scores.AsSpan(0, Table.Count);

    /// <summary>The same for code that waits.</summary>
    public Memory<float> ScoresMemory => scores.AsMemory(0, Table.Count);

    /// <summary>The way by which the row's score came.</summary>
    public RankPath PathOf(int row) =>
        scores[row] <= 0 ? RankPath.Popular
        : IsByContent || !Scorer.Knows(Table.IdOf(row)) ? RankPath.Content
        : Scorer.Path;

    /// <inheritdoc />
    public void Dispose() => ArrayPool<float>.Shared.Return(scores);
}
