namespace KpGrpc.InferenceServer.Batching;

/// <summary>
/// One instance of a model: turns a whole batch of inputs into outputs in one synchronous call. <see cref="Run"/> and
/// Dispose MUST be called on the instance's own thread only; tensors never leave the runner.
/// </summary>
/// <typeparam name="TIn">One request, prepared by its caller (text is already tokens): the model's thread only computes.</typeparam>
/// <typeparam name="TOut">One answer, plain memory.</typeparam>
internal interface IBatchRunner<TIn, TOut> : IDisposable
{
    /// <summary>
    /// Tokens of an input, at least 1: what a row costs, and what rows of a batch are padded to. MUST be pure and safe from
    /// any thread. Throws <see cref="ArgumentException"/> for an input that the model can never take.
    /// </summary>
    int LengthOf(TIn input);

    /// <summary>Computes a batch of 1 to <see cref="BatchingOptions.RowsMax"/> inputs of similar length.</summary>
    /// <returns>As many outputs, in the order of the inputs. Each MUST NOT depend on the rest of its batch (to 1e-5).</returns>
    /// <remarks>An exception fails the batch; it is then run again in halves, so that only the input that causes it fails.</remarks>
    IReadOnlyList<TOut> Run(IReadOnlyList<TIn> batch);
}
