using KpGrpc.InferenceServer.Events;

namespace KpGrpc.InferenceServer.Histories;

/// <summary>How much each kind of event says about interest.</summary>
internal static class Interest
{
    private const double GoodRating = 0.5;

    /// <summary>True for the kinds by which a learner turns towards a work; the counts model sees these and no others.</summary>
    public static bool IsInterest(EventKind kind, double? value) => Weight(kind, value) > 0;

    /// <summary>Weight of one event, 0 (says nothing) to 4 (bought).</summary>
    public static double Weight(EventKind kind, double? value) => kind switch
    {
        EventKind.Purchase => 4,
        EventKind.Complete or EventKind.Enrol => 3,
        EventKind.Play or EventKind.Save or EventKind.Share => 2,
        EventKind.Rating => value >= GoodRating ? 2 : 0,
        EventKind.View or EventKind.Click => 1,
        _ => 0,
    };
}
