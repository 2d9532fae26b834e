using KpGrpc.Demo.Data;
using KpGrpc.Protos.Learner.V1;

namespace KpGrpc.Demo.Steps;

/// <summary>What happened to the learner so far; each property is set by the step that it is named after.</summary>
internal sealed class LearnerStory
{
    /// <summary>Whose story it is.</summary>
    public LearnerHistory Learner { get => field ?? throw NotYet(); set; }

    /// <summary>Her feed before the purchase.</summary>
    public GetHomeResponse FeedBefore { get => field ?? throw NotYet(); set; }

    /// <summary>The place of the feed that she chose.</summary>
    public HomeItem Chosen { get => field ?? throw NotYet(); set; }

    /// <summary>What she sent to buy it.</summary>
    public PurchaseRequest Request { get => field ?? throw NotYet(); set; }

    /// <summary>What came back.</summary>
    public PurchaseResponse Purchase { get => field ?? throw NotYet(); set; }

    private static InvalidOperationException NotYet() => new("an earlier step has not run");
}
