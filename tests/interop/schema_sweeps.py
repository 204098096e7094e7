"""Sections `sweep`, `calibrate`, `stats` and `fit: dyads` that are known to be good, and settings that the program and the schema both refuse."""

SWEEP = """\
sweep:
  design: {saltelli: 16, second_order: true}
  replicates: 4
  parameters:
    policies.led.baseline: {truncated_normal: [-4, 1, -6, -2]}
    policies.led.rule: {values: [logit, cloglog]}
  measures:
    - final_share
    - {by: x, of: {time_to: 0.25}}
    - {difference: peak, to: 0}
    - "share(where: {x: {min: 0.5}}, at: 2005)"
    - {name: east, time_to: {share: 0.1, where: {x: 0.5}}}
calibrate:
  parameters: {policies.led.baseline: {normal: [-4, 1]}}
  summaries: [curve, {curve_by_group: x}]
  particles: 50
  quantile: 0.3
  tolerance: 0.1
stats:
  seen: {exposure: {network: near, normalize: weight, weights: false, lag: 1, reversed: true}}
  need: {threshold: {network: near}}
  follows: {infection: {network: near, periods: 2, discount: linear}}
  followed: {susceptibility: {network: near, discount: 1.5, relative: true}}
  near: {moran: {of: adopted, among: adopters, network: near, at: 2003, permutations: 9}}
  rogers: {classes: {of: adoption_time}}
  curve: {curve: {convention: netdiffuser}}
  bass: {bass: {}}
  km: {survival: {}}
"""

BAD_SWEEPS = """\
stats=[]
stats={}
stats.seen={}
stats.seen.exposure.network=[]
stats.seen.exposure.normalize=all
stats.seen.exposure.lag=-1
stats.seen={exposure: {}}
stats.seen={exposures: {network: near}}
stats.seen={bass: {}, curve: {}}
stats.bass.bass={p: 1}
stats.follows.infection.discount=soon
stats.follows.infection.discount=0
stats.follows.infection.periods=0
stats.near.moran.among=none
stats.near.moran={network: near}
stats.curve.curve.convention=mine
stats.rogers.classes.of=size
fit.dyads=[]
fit.dyads={}
fit.dyads={covariates: {}}
fit.dyads={covariates: {a: {distance: miles}}}
fit.dyads={covariates: {a: {same: x, gap: x}}}
fit.dyads={covariates: {a: {}}}
fit.dyads={covariates: {a: {leader: x}}, risk_set: some}
fit.dyads={covariates: {a: {leader: x}}, cluster: city}
calibrate=[]
calibrate.particles=5
calibrate.quantile=1
calibrate.tolerance=0
calibrate.summaries=curve
calibrate.summaries=[]
calibrate.summaries=[curves]
calibrate.summaries=[{curve: x}]
calibrate.hypotheses=[none]
calibrate.parameters={policies.led.baseline: 3}
sweep=[]
sweep.design=sobol
sweep.design={sobol: 0}
sweep.design={sobol: 8, random: 8}
sweep.design={sobol: 8, levels: 4}
sweep.design={morris: 8, plan: sideways}
sweep.replicates=0
sweep.random_numbers=mine
sweep.parameters={policies.led.baseline: 3}
sweep.parameters={policies.led.baseline: {uniform: [0, 1], normal: [0, 1]}}
sweep.parameters={policies.led.baseline: {gauss: [0, 1]}}
sweep.measures=final_share
sweep.measures=[]
sweep.measures=[final]
sweep.measures=[{time_to: soon}]
sweep.measures=[{by: x}]
sweep.measures=[{difference: peak}]
sweep.measures=[{peak: {during: 2001}}]
"""
