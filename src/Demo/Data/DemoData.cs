namespace KpGrpc.Demo.Data;

/// <summary>Everything that the demo starts from.</summary>
/// <param name="Name">One line that names the source.</param>
/// <param name="Notes">What a reader must know about how the data were made, a sentence each.</param>
/// <param name="Works">The catalogue, in its own order.</param>
/// <param name="Producers">Everybody who made a work of the catalogue.</param>
/// <param name="Histories">The learners.</param>
internal sealed record DemoData(
    string Name,
    IReadOnlyList<string> Notes,
    IReadOnlyList<CatalogueWork> Works,
    IReadOnlyList<Producer> Producers,
    IReadOnlyList<LearnerHistory> Histories)
{
    /// <summary>Currency of all prices.</summary>
    public string CurrencyCode => Works[0].Price.CurrencyCode;

    /// <summary>Its decimal digits.</summary>
    public int CurrencyExponent => Works[0].Price.Exponent;

    /// <summary>Number of (learner, work) pairs.</summary>
    public long Interactions => Histories.Sum(history => (long)history.WorkIds.Count);
}
