namespace KpGrpc.MerkleLog.Notes;

/// <summary>
/// Signature type identifiers of c2sp.org/signed-note, section "Signature types", that this library makes and checks.
/// Signatures of other types are kept and ignored, as the specification demands.
/// </summary>
public enum NoteSignatureType : byte
{
    /// <summary>Ed25519 over the note text (c2sp.org/signed-note, section "Ed25519 signatures"): what a log signs with.</summary>
    Ed25519 = 0x01,

    /// <summary>Ed25519 over a header, a time and the note text (c2sp.org/tlog-cosignature): what a witness signs with.</summary>
    CosignatureV1 = 0x04,
}
