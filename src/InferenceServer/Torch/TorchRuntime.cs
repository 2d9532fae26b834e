using System.Diagnostics;
using Microsoft.Extensions.Options;
using TorchSharp;

namespace KpGrpc.InferenceServer.Torch;

/// <summary>The loaded native runtime and the device chosen at start. One a process; thread-safe once constructed.</summary>
internal sealed partial class TorchRuntime
{
    private static readonly Lock LoadGate = new();

    /// <summary>Loads libtorch where it is not loaded yet and chooses the device.</summary>
    /// <exception cref="TorchUnavailableException">libtorch does not load, or CUDA was demanded and there is none.</exception>
    public TorchRuntime(IOptions<TorchOptions> options, ILogger<TorchRuntime> logger)
    {
        var started = Stopwatch.GetTimestamp();
        lock (LoadGate)
        {
            var (adapted, made) = NativeTorch.Load(options.Value);
            if (adapted is not null)
            {
                Log.Adapted(logger, CppRuntime.NeededVersion, adapted, made);
            }

            Device = Choose(options.Value.Device);
            if (options.Value.Threads > 0)
            {
                torch.set_num_threads(options.Value.Threads);
            }
        }

        Log.Chosen(logger, Description, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>The device that runs the models.</summary>
    public torch.Device Device { get; }

    /// <summary>The device in words, for example <c>cpu</c> or <c>cuda:0</c>.</summary>
    public string Description => Device.ToString();

    /// <summary>The device that a model asks for.</summary>
    /// <param name="wanted"><c>auto</c>, <c>cpu</c> or <c>cuda</c>.</param>
    /// <exception cref="TorchUnavailableException">CUDA was asked for and there is none.</exception>
    public torch.Device DeviceFor(string wanted) => wanted == "auto" ? Device : Choose(wanted);

    private static torch.Device Choose(string wanted)
    {
        try
        {
            if (wanted != "cpu" && torch.cuda.is_available())
            {
                return torch.device("cuda:0");
            }

            torch.InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception failure) when (failure is NotSupportedException or TypeInitializationException or DllNotFoundException)
        {
            throw new TorchUnavailableException($"TorchSharp does not load: {failure.Message}", failure);
        }

        return wanted != "cuda"
            ? torch.CPU
            : throw new TorchUnavailableException("Torch:Device is 'cuda', but libtorch sees no CUDA device; set it to 'auto' or 'cpu'.");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The system's libstdc++ lacks {Version}; loaded the adapted copy {Path} (made now: {Made})")]
        public static partial void Adapted(ILogger logger, string version, string path, bool made);

        [LoggerMessage(2, LogLevel.Information, "libtorch is loaded, models run on {Device} ({Seconds:F2} s)")]
        public static partial void Chosen(ILogger logger, string device, double seconds);
    }
}
