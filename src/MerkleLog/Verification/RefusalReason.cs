namespace KpGrpc.MerkleLog.Verification;

/// <summary>Why a receipt was refused: one of these and nothing else. The numbers are stable.</summary>
public enum RefusalReason
{
    /// <summary>A trusted key is not a vkey, has the wrong type, occurs twice, or the quorum cannot be met: the caller's set-up is wrong.</summary>
    InvalidPolicy = 1,

    /// <summary>The proof is not a well-formed c2sp.org/tlog-proof@v1 with a well-formed checkpoint, or too long.</summary>
    MalformedProof = 2,

    /// <summary>The checkpoint is of another log than the trusted one.</summary>
    OriginMismatch = 3,

    /// <summary>No signature of the checkpoint claims the trusted log's name and key id.</summary>
    UnknownLogKey = 4,

    /// <summary>A signature claims the trusted log's name and key id, and does not verify.</summary>
    BadLogSignature = 5,

    /// <summary>A signature claims a trusted witness's name and key id, and does not verify.</summary>
    BadWitnessSignature = 6,

    /// <summary>Fewer trusted witnesses cosigned than the policy demands.</summary>
    TooFewWitnesses = 7,

    /// <summary>The leaf's index is not below the checkpoint's size: the checkpoint is older than the leaf.</summary>
    IndexOutsideTree = 8,

    /// <summary>The inclusion proof has more or fewer hashes than a leaf at this index in a tree of this size has.</summary>
    WrongProofLength = 9,

    /// <summary>The hashes do not lead from the leaf to the signed root: the leaf or the proof was changed.</summary>
    RootMismatch = 10,
}
