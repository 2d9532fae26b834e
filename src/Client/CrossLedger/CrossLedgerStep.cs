namespace KpGrpc.Client.CrossLedger;

/// <summary>A step of a transfer between two ledgers; one command each. The numbers are stable: keys follow from them.</summary>
public enum CrossLedgerStep
{
    /// <summary>The hold on the sending ledger.</summary>
    PlaceSending = 1,

    /// <summary>The hold on the receiving ledger.</summary>
    PlaceReceiving = 2,

    /// <summary>The capture on the sending ledger: the decision.</summary>
    CaptureSending = 3,

    /// <summary>The capture on the receiving ledger.</summary>
    CaptureReceiving = 4,

    /// <summary>The release on the sending ledger: the other decision.</summary>
    ReleaseSending = 5,

    /// <summary>The release on the receiving ledger.</summary>
    ReleaseReceiving = 6,
}
