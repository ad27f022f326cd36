using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EdgeSplit.Agents.Learning;

/// <summary>Shape, seed and options of an agent as JSON, and back.</summary>
/// <param name="ObservationLength">Entries of an observation.</param>
/// <param name="ActionCount">Number of actions.</param>
/// <param name="Lanes">Lanes of a batch of transitions.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Options">The options.</param>
/// <typeparam name="TOptions">A record whose properties check themselves.</typeparam>
internal sealed record AgentSettings<TOptions>(int ObservationLength, int ActionCount, int Lanes, ulong Seed, TOptions Options)
    where TOptions : class
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        MaxDepth = 16,
    };

    /// <summary>The settings as a new JSON object.</summary>
    internal JsonObject ToJson() => (JsonObject)JsonSerializer.SerializeToNode(this, Json)!;

    /// <summary>Constructs from settings, with their errors as errors of format.</summary>
    internal static TAgent Checked<TAgent>(Func<TAgent> create)
    {
        try
        {
            return create();
        }
        catch (Exception error) when (error is ArgumentException or OverflowException)
        {
            throw new FormatException($"settings: {error.Message.TrimEnd('.')}.", error);
        }
    }

    /// <summary>The settings of a JSON object.</summary>
    /// <exception cref="FormatException">A setting is missing, unknown or out of range; the message names it.</exception>
    internal static AgentSettings<TOptions> FromJson(JsonObject settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        try
        {
            return settings.Deserialize<AgentSettings<TOptions>>(Json)!;
        }
        catch (JsonException error)
        {
            throw new FormatException($"settings{error.Path?.TrimStart('$')}: {error.Message.TrimEnd('.')}.", error);
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"settings: {error.Message.TrimEnd('.')}.", error);
        }
    }
}
