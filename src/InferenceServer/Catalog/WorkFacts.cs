namespace KpGrpc.InferenceServer.Catalog;

/// <summary>
/// What hard filters ask of a work, in 48 bytes beside those of its neighbours: a filter that admits few works reads the
/// whole catalogue, and reading the works themselves would miss the processor's cache a million times.
/// </summary>
/// <param name="Flags">Presence, publication, licence.</param>
/// <param name="Field">Field of knowledge, by the contract's number.</param>
/// <param name="Kind">Format, by the contract's number.</param>
/// <param name="Exponent">Digits behind the point of the price.</param>
/// <param name="Language">Symbol of the work's own language.</param>
/// <param name="Currency">Symbol of the price's currency.</param>
/// <param name="MinorUnits">Price.</param>
/// <param name="From">Start of the offer in Unix milliseconds, inclusive.</param>
/// <param name="Until">End of the offer in Unix milliseconds, exclusive.</param>
internal readonly record struct WorkFacts(
    WorkFlags Flags, byte Field, byte Kind, byte Exponent, int Language, int Currency, long MinorUnits, long From, long Until)
{
    /// <summary>The facts of a work.</summary>
    public static WorkFacts Of(Work work, Symbols symbols) => new(
        WorkFlags.Present | (work.Published ? WorkFlags.Published : WorkFlags.None) | (work.Unlicensed ? WorkFlags.None : WorkFlags.Licensed),
        (byte)work.Field,
        (byte)work.Kind,
        (byte)work.Price.Exponent,
        symbols.Of(work.Language),
        symbols.Of(work.Price.Currency),
        work.Price.MinorUnits,
        work.AvailableFrom ?? long.MinValue,
        work.AvailableUntil ?? long.MaxValue);
}
