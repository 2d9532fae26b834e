namespace KpGrpc.InferenceServer.Tensors;

/// <summary>Element types of the Open Inference Protocol that our models take and give; the names are the protocol's, in upper case.</summary>
internal enum TensorType
{
    /// <summary>bool.</summary>
    Bool,

    /// <summary>Signed, 32 bit: int.</summary>
    Int32,

    /// <summary>Signed, 64 bit: long.</summary>
    Int64,

    /// <summary>IEEE 754, 32 bit: float.</summary>
    Fp32,

    /// <summary>IEEE 754, 64 bit: double.</summary>
    Fp64,

    /// <summary>A string of bytes, text in UTF-8: byte[].</summary>
    Bytes,
}
