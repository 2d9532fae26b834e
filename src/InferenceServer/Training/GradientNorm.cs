using KpGrpc.InferenceServer.Torch;
using TorchSharp;

namespace KpGrpc.InferenceServer.Training;

/// <summary>Bounds the length of all gradients together (Pascanu, Mikolov and Bengio 2013), without a wait for the device.</summary>
internal static class GradientNorm
{
    /// <summary>Scales the gradients down where their common norm exceeds <paramref name="normMax"/>.</summary>
    /// <param name="gradients">At least one, all on one device; changed in place.</param>
    /// <param name="normMax">Above 0.</param>
    public static void Clip(IReadOnlyList<torch.Tensor> gradients, double normMax)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        using var bound = normMax.ToScalar();
        var norm = Of(gradients); // [] float32
        var factor = torch.full_like(norm, bound).div(norm).clamp_max(Scalars.One); // [] float32; a norm of 0 gives 1
        foreach (var gradient in gradients)
        {
            gradient.mul_(factor);
        }
    }

    /// <summary>The common norm, [] float32.</summary>
    public static torch.Tensor Of(IReadOnlyList<torch.Tensor> gradients)
    {
        // Not linalg.vector_norm: its order is a scalar of the library's own, which the collector may free during the call.
        return torch.stack([.. gradients.Select(gradient => gradient.mul(gradient).sum())]).sum().sqrt();
    }
}
