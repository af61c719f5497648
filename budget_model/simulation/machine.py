"""From LLVM's text to code that runs in this process."""

from __future__ import annotations

from functools import cache
from typing import Any

import llvmlite.binding as llvm

from budget_model.simulation.object_cache import kept

LEVEL = 1  # of optimization: higher ones compile longer and run no faster


@cache
def told() -> str:
    """Return what tells the machine that code is made for from others. Raises RuntimeError where LLVM makes none for it."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    about = (_machine().triple, llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten(), llvm.llvm_version_info, LEVEL)
    return "\n".join(map(str, about))


def loaded(text: str) -> tuple[Any, int]:
    """Return what keeps the code of a text in memory, and the address of its function `run`."""
    code = kept("\n".join([told(), text]), lambda: _compiled(text))
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), _machine())
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    return engine, engine.get_function_address("run")


def _machine() -> Any:
    """Return this machine anew: whoever takes one frees it."""
    features = llvm.get_host_cpu_features().flatten()
    return llvm.Target.from_default_triple().create_target_machine(cpu=llvm.get_host_cpu_name(), features=features, opt=LEVEL)


def _compiled(text: str) -> bytes:
    machine = _machine()
    module = llvm.parse_assembly(text)
    module.verify()
    options = llvm.create_pipeline_tuning_options(speed_level=LEVEL)
    # The text has its vectors: to unroll or vectorize its loops takes three times as long and runs no faster.
    options.loop_unrolling = options.loop_vectorization = options.slp_vectorization = False
    builder = llvm.create_pass_builder(machine, options)
    builder.getModulePassManager().run(module, builder)
    code: bytes = machine.emit_object(module)
    return code
