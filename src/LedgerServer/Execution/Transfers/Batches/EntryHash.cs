namespace KpGrpc.LedgerServer.Execution.Transfers.Batches;

/// <summary>
/// 64-bit hashes of transfers and ids: the same on every machine, because outcomes depend on them. Not cryptographic:
/// who makes two of its own transfers collide under one id of its own only gets the first outcome twice.
/// </summary>
internal static class EntryHash
{
    private const ulong FnvBasis = 14_695_981_039_346_656_037;
    private const ulong FnvPrime = 1_099_511_628_211;

    /// <summary>Hash of an account's id (FNV-1a over its characters, mixed).</summary>
    public static ulong OfAccount(string accountId)
    {
        var hash = FnvBasis;
        foreach (var c in accountId)
        {
            hash = (hash ^ c) * FnvPrime;
        }

        return Mix(hash);
    }

    /// <summary>Hash of what a transfer asks for besides its id.</summary>
    /// <param name="currency">Hash of the batch's currency.</param>
    /// <param name="debit">Hash of the debited account's id.</param>
    /// <param name="credit">Hash of the credited account's id.</param>
    /// <param name="entry">The transfer.</param>
    public static ulong OfEntry(ulong currency, ulong debit, ulong credit, in TransferEntry entry)
    {
        var hash = Mix(currency ^ debit);
        hash = Mix(hash ^ credit);
        hash = Mix(hash ^ (ulong)entry.AmountMinorUnits);
        return Mix(hash ^ entry.Reference);
    }

    /// <summary>Hash of an organisation's transfer id, for its place in the table.</summary>
    public static ulong OfId(uint organization, ulong high, ulong low) => Mix(Mix(high ^ organization) ^ low);

    // The finaliser of MurmurHash3 (Appleby), after an addition that keeps zero from standing still.
    private static ulong Mix(ulong value)
    {
        value += 0x9E37_79B9_7F4A_7C15;
        value = (value ^ (value >> 33)) * 0xFF51_AFD7_ED55_8CCD;
        value = (value ^ (value >> 33)) * 0xC4CE_B9FE_1A85_EC53;
        return value ^ (value >> 33);
    }
}
